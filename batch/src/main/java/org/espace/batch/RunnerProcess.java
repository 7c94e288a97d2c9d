package org.espace.batch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.espace.engine.Rulebook;
import org.jspecify.annotations.Nullable;

/**
 * A runner in a process of its own, started when it is first needed: what it is built on need not be on the class path of
 * those who ask it. It is told what to do on its standard input and answers on its standard output; when its input ends,
 * so does the process.
 */
public final class RunnerProcess implements Runner, AutoCloseable {

    /** The other process did not do what it was asked; the message says why, without a full stop. */
    public static final class Stopped extends SQLException {

        private Stopped(String why) {
            super(why);
        }
    }

    private final List<String> command;
    private final Path log;
    private volatile @Nullable Process started;
    private @Nullable Line open;
    private @Nullable Rulebook known;

    /**
     * @param command starts a program that calls {@link #serve}
     * @param log where its standard error goes
     */
    public RunnerProcess(List<String> command, Path log) {
        this.command = List.copyOf(command);
        this.log = log;
    }

    /** @param rulebook null when it is the one of the request before */
    private record Request(
            List<Rater.Order> orders, @Nullable Rulebook rulebook, CarriedSums carried) implements Serializable {}

    private record Line(ObjectOutputStream requests, ObjectInputStream answers) {}

    private sealed interface Answer extends Serializable {}

    private record More(long lines) implements Answer {}

    private record Done(List<Rater.Rated> rated, CarriedSums carried) implements Answer {}

    private record Failed(String why) implements Answer {}

    /** Answers requests by asking the runner, until there are no more. */
    public static void serve(InputStream in, OutputStream out, Runner runner) throws IOException {
        try (var answers = new ObjectOutputStream(new BufferedOutputStream(out))) {
            answers.flush();
            var requests = new ObjectInputStream(new BufferedInputStream(in));
            Rulebook rulebook = null;
            while (true) {
                var request = (Request) requests.readUnshared();
                rulebook = Objects.requireNonNull(request.rulebook() == null ? rulebook : request.rulebook());
                answer(request, rulebook, runner, answers);
            }
        } catch (EOFException _) {
            // Nobody asks any more.
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static void answer(Request request, Rulebook rulebook, Runner runner, ObjectOutputStream answers)
            throws IOException {
        try {
            var rated =
                    runner.rate(request.orders(), rulebook, request.carried(), lines -> send(answers, new More(lines)));
            send(answers, new Done(List.copyOf(rated), request.carried()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(answers, new Failed("it was interrupted"));
        } catch (SQLException | RuntimeException e) {
            send(answers, new Failed(rootOf(e)));
        }
    }

    private static void send(ObjectOutputStream answers, Answer answer) {
        synchronized (answers) {
            try {
                answers.writeUnshared(answer);
                answers.reset();
                answers.flush();
            } catch (IOException e) {
                throw new IllegalStateException("nobody hears the answers", e);
            }
        }
    }

    private static String rootOf(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Objects.requireNonNullElse(root.getMessage(), root.toString());
    }

    @Override
    public List<Rater.Rated> rate(
            List<Rater.Order> orders, Rulebook rulebook, CarriedSums carried, Rater.Counted counted)
            throws SQLException, InterruptedException {
        if (orders.isEmpty()) {
            return List.of();
        }
        var asking = new FutureTask<>((Callable<Done>) () -> ask(orders, rulebook, carried, counted));
        Thread.ofVirtual().start(asking);
        try {
            var done = asking.get();
            carried.take(done.carried());
            return done.rated();
        } catch (ExecutionException e) {
            close();
            var stopped = e.getCause() instanceof Stopped known
                    ? known
                    : new Stopped("the runner's process ended early, and %s says why".formatted(log));
            stopped.addSuppressed(e);
            throw stopped;
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    private Done ask(List<Rater.Order> orders, Rulebook rulebook, CarriedSums carried, Rater.Counted counted)
            throws IOException, ClassNotFoundException, SQLException {
        var line = line();
        line.requests().writeUnshared(new Request(orders, rulebook == known ? null : rulebook, carried));
        line.requests().reset();
        line.requests().flush();
        known = rulebook;
        while (true) {
            switch ((Answer) line.answers().readUnshared()) {
                case More(var lines) -> counted.lines(lines);
                case Done done -> {
                    return done;
                }
                case Failed(var why) -> throw new Stopped(why);
            }
        }
    }

    private Line line() throws IOException {
        var before = open;
        if (before != null) {
            return before;
        }
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        started = process;
        var requests = new ObjectOutputStream(new BufferedOutputStream(process.getOutputStream()));
        requests.flush();
        var line = new Line(requests, new ObjectInputStream(new BufferedInputStream(process.getInputStream())));
        open = line;
        return line;
    }

    /** Ends the process, whatever it is doing. */
    @Override
    public void close() {
        var process = started;
        if (process != null) {
            process.destroy();
        }
        started = null;
        open = null;
        known = null;
    }
}
