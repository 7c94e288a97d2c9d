package org.espace.spark;

import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.duckdb.DuckDBConnection;
import org.espace.batch.CarriedSums;
import org.espace.batch.Rater;
import org.espace.batch.Runner;
import org.espace.engine.Rulebook;
import org.jspecify.annotations.Nullable;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Rates ranges as Spark tasks, one range a task: Spark decides where, and gives the range to somebody else when a machine
 * is lost. The tasks read and write the lake themselves, so that Spark moves no lines; the rulebook goes out once.
 */
public final class SparkRunner implements Runner, AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int PATIENCE_FOR_WORKERS_MILLIS = 60_000;

    private final JavaSparkContext spark;
    private @Nullable Rulebook known;
    private @Nullable Broadcast<Rulebook> sent;

    private SparkRunner(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * @param master {@code spark://host:port}, or {@code local[n]} for n threads of this process
     * @throws ConnectException when nobody listens there
     */
    public static SparkRunner on(String master) throws ConnectException {
        var address = addressTowards(master);
        var settings = new SparkConf()
                .setMaster(master)
                .setAppName("espace refresh")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", address)
                .set("spark.driver.bindAddress", address)
                .setIfMissing("spark.executor.extraJavaOptions", "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED");
        if (isElsewhere(master)) {
            settings.set("spark.executor.extraClassPath", String.join(":", ownCode(Files::isDirectory)))
                    .set("spark.jars", String.join(",", ownCode(Files::isRegularFile)));
        }
        return new SparkRunner(new JavaSparkContext(settings));
    }

    private static boolean isElsewhere(String master) {
        return master.startsWith("spark://");
    }

    /** The address of this machine that the master can answer to. */
    private static String addressTowards(String master) throws ConnectException {
        if (!isElsewhere(master)) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
        var uri = URI.create(master);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException e) {
            var refused = new ConnectException("no Spark master answers at " + master);
            refused.initCause(e);
            throw refused;
        }
    }

    /** What a task needs and Spark does not have. */
    private static List<String> ownCode(Predicate<Path> kind) {
        return Stream.of(SparkRunner.class, Rater.class, Rulebook.class, DuckDBConnection.class)
                .map(SparkRunner::source)
                .distinct()
                .filter(kind)
                .map(Path::toString)
                .toList();
    }

    private static Path source(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private record Task(Rater.Order order, CarriedSums carried) implements Serializable {

        Outcome rate(Rulebook rulebook) {
            try {
                return new Outcome(Rater.rate(order, rulebook, carried, _ -> {}), carried);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private record Outcome(Rater.Rated rated, CarriedSums carried) implements Serializable {}

    @Override
    public List<Rater.Rated> rate(
            List<Rater.Order> orders, Rulebook rulebook, CarriedSums carried, Rater.Counted counted)
            throws SQLException, InterruptedException {
        if (orders.isEmpty()) {
            return List.of();
        }
        var tasks = orders.stream()
                .map(order -> new Task(order, carried.within(order.first(), order.last())))
                .toList();
        awaitSomebody();
        var rated = new ArrayList<Rater.Rated>();
        run(tasks, sent(rulebook), outcome -> {
            carried.take(outcome.carried());
            rated.add(outcome.rated());
            counted.lines(outcome.rated().sales());
        });
        return rated;
    }

    /** Spark itself would wait for ever. */
    private void awaitSomebody() throws SQLException, InterruptedException {
        for (var waited = 0; !spark.sc().isLocal() && executors() == 0; waited += 100) {
            if (waited > PATIENCE_FOR_WORKERS_MILLIS) {
                throw new SQLException("no worker of %s has a core and the memory to spare".formatted(spark.master()));
            }
            Thread.sleep(100);
        }
    }

    /** How many machines, or parts of them, are at work. */
    int executors() {
        return spark.sc().getExecutorMemoryStatus().size() - 1;
    }

    private void run(List<Task> tasks, Broadcast<Rulebook> rulebook, Consumer<Outcome> each)
            throws SQLException, InterruptedException {
        var perTask = (Function2<TaskContext, Iterator<Task>, Outcome> & Serializable)
                (_, task) -> task.next().rate(rulebook.value());
        Function2<Object, Outcome, BoxedUnit> handler = (_, outcome) -> {
            each.accept(outcome);
            return BoxedUnit.UNIT;
        };
        try {
            spark.sc()
                    .runJob(
                            spark.parallelize(tasks, tasks.size()).rdd(),
                            perTask,
                            handler,
                            ClassTag$.MODULE$.apply(Outcome.class));
        } catch (Exception e) { // Scala does not say which are thrown.
            if (e instanceof InterruptedException interrupted) {
                spark.cancelAllJobs();
                throw interrupted;
            }
            throw new SQLException("rating stopped", e);
        }
    }

    private Broadcast<Rulebook> sent(Rulebook rulebook) {
        var before = sent;
        if (before != null && rulebook == known) {
            return before;
        }
        if (before != null) {
            before.destroy();
        }
        known = rulebook;
        var now = spark.broadcast(rulebook);
        sent = now;
        return now;
    }

    @Override
    public void close() {
        spark.close();
    }
}
