package org.espace;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.espace.batch.Progress;

/** Shows how far a piece of work has come: a bar that is drawn over on a terminal, else a line now and then. */
final class ProgressBar implements Progress, AutoCloseable {

    private static final int WIDTH = 24;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long interval;
    private String step = "";
    private long stepBegan;
    private long lastShown;
    private int lastLength;

    ProgressBar(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.interval = (terminal ? Duration.ofMillis(100) : Duration.ofSeconds(10)).toNanos();
    }

    /** The launcher says whether standard error is a terminal: the JVM cannot ask. */
    static ProgressBar onStandardError() {
        return new ProgressBar(System.err, Boolean.getBoolean("espace.terminal"), System::nanoTime);
    }

    @Override
    public synchronized void at(String step, long done, long total) {
        var now = nanoTime.getAsLong();
        if (!step.equals(this.step)) {
            this.step = step;
            stepBegan = now;
            lastShown = now - (terminal ? interval : 0);
        }
        if (now - lastShown >= interval) {
            lastShown = now;
            show(line(done, total, Duration.ofNanos(now - stepBegan)));
        }
    }

    /** Leaves the terminal's line empty for what is printed next. */
    @Override
    public synchronized void close() {
        if (terminal && lastLength > 0) {
            out.print("\r" + " ".repeat(lastLength) + "\r");
            out.flush();
        }
    }

    private void show(String line) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
            out.flush();
            lastLength = line.length();
        } else {
            out.println(line);
        }
    }

    private String line(long done, long total, Duration spent) {
        var perSecond = spent.toMillis() == 0 ? 0 : done * 1000 / spent.toMillis();
        var words = step.substring(step.lastIndexOf('.') + 1).replace('-', ' ');
        if (total <= 0) {
            return String.format(Locale.ROOT, "%-12s %,d  %,d/s", words, done, perSecond);
        }
        var filled = Math.clamp(done * WIDTH / total, 0, WIDTH);
        var left = perSecond == 0 ? "" : "  " + clock((total - done) / perSecond) + " left";
        return String.format(
                Locale.ROOT,
                "%-12s [%s%s] %3d%%  %,d of %,d  %,d/s%s",
                words,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done * 100 / total,
                done,
                total,
                perSecond,
                left);
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
