package org.espace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.espace.engine.Facts;
import org.espace.engine.Rulebook;
import org.espace.engine.Totals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunnerProcessTest {

    private static final Rulebook RULEBOOK =
            new Rulebook(new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()), 0);

    @TempDir
    Path folder;

    @Test
    void answersAreThoseOfTheRunnerInTheProcess() throws Exception {
        try (var process = process("counts")) {
            for (var asked = 1; asked <= 2; asked++) {
                var counted = new TreeSet<Long>();
                var rated = process.rate(List.of(order(7), order(9)), RULEBOOK, CarriedSums.none(), counted::add);
                assertThat(counted).containsExactly(7L, 9L);
                assertThat(rated).extracting(Rater.Rated::sales).containsExactly(7L, 9L);
            }
        }
    }

    @Test
    void nothingIsStartedForNothing() throws Exception {
        try (var process = new RunnerProcess(List.of("there is no such program"), folder.resolve("log"))) {
            assertThat(process.rate(List.of(), RULEBOOK, CarriedSums.none(), _ -> {}))
                    .isEmpty();
        }
    }

    @Test
    void whatTheRunnerRefusesIsSaidHere() {
        try (var process = process("refuses")) {
            assertThatThrownBy(() -> process.rate(List.of(order(1)), RULEBOOK, CarriedSums.none(), _ -> {}))
                    .isInstanceOf(RunnerProcess.Stopped.class)
                    .hasMessage("no cluster today");
        }
    }

    @Test
    void aProcessThatEndsEarlyLeavesItsReasonInTheLog() {
        try (var process = process("ends")) {
            assertThatThrownBy(() -> process.rate(List.of(order(1)), RULEBOOK, CarriedSums.none(), _ -> {}))
                    .isInstanceOf(RunnerProcess.Stopped.class)
                    .hasMessage("the runner's process ended early, and %s says why", folder.resolve("log"));
        }
        assertThat(folder.resolve("log")).content().contains("out of luck");
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws Exception {
        var heard = new CountDownLatch(1);
        try (var process = process("stalls")) {
            var thrown = new AtomicReference<Throwable>();
            var asking = Thread.ofVirtual()
                    .start(() -> thrown.set(catchThrowable(() ->
                            process.rate(List.of(order(1)), RULEBOOK, CarriedSums.none(), _ -> heard.countDown()))));
            heard.await();
            asking.interrupt();
            assertThat(asking.join(Duration.ofSeconds(10))).isTrue();
            assertThat(thrown).hasValueMatching(InterruptedException.class::isInstance);
        }
    }

    private static Rater.Order order(long lines) {
        return new Rater.Order(
                List.of(),
                Rater.Locations.all(),
                1,
                1,
                lines,
                0,
                Path.of("target").toFile());
    }

    private RunnerProcess process(String manner) {
        return new RunnerProcess(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Elsewhere.class.getName(),
                        manner),
                folder.resolve("log"));
    }

    /** The program at the other end. */
    static final class Elsewhere {

        private Elsewhere() {}

        public static void main(String[] manner) throws Exception {
            var answers = new FileOutputStream(FileDescriptor.out);
            RunnerProcess.serve(System.in, answers, (orders, _, _, counted) -> switch (manner[0]) {
                case "counts" ->
                    orders.stream().map(order -> counted(order, counted)).toList();
                case "refuses" -> throw new IllegalStateException("it failed", new SQLException("no cluster today"));
                case "ends" -> {
                    System.err.println("out of luck");
                    Runtime.getRuntime().halt(3);
                    yield List.of();
                }
                default -> {
                    counted.lines(1);
                    Thread.sleep(Duration.ofMinutes(10));
                    yield List.of();
                }
            });
        }

        private static Rater.Rated counted(Rater.Order order, Rater.Counted counted) {
            counted.lines(order.lines());
            return new Rater.Rated(List.of(), new Totals(), new ByCustomer(), order.lines(), 0);
        }
    }
}
