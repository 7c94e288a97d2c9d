package org.espace.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.espace.batch.Progress;
import org.espace.bench.Findings.Target;
import org.espace.engine.Rulebook;

/** What becomes of time and memory when there are more lines, or when a third of them are one partner's. */
final class Growth {

    private static final int GIANT = 4;
    private static final List<Integer> PARTS = List.of(20, GIANT, 1);

    private final Path folder;
    private final int runs;

    /** @param micros processor time for each line */
    record Point(long lines, List<Double> micros, Child.Ended child) {

        double micro() {
            return Spread.of(micros).median();
        }
    }

    /** @param runs how often each number of lines is refreshed, after once for warmth */
    Growth(Path folder, int runs) {
        this.folder = folder;
        this.runs = runs;
    }

    void measure(Vendor vendor, long lines, Findings findings) throws Exception {
        var points = new ArrayList<Point>();
        for (var part : PARTS) {
            points.add(point(Vendor.of(vendor.seed(), lines / part), lines / part));
        }
        var first = points.getFirst();
        var last = points.getLast();
        findings.add(
                "P7",
                "processor time for each line at %,d lines, for each second at %,d"
                        .formatted(last.lines(), first.lines()),
                Target.atMost(1.1, 1.1),
                Spread.of(last.micros().stream()
                        .map(micros -> micros / first.micro())
                        .toList()));
        for (var point : points) {
            findings.add(
                    "P7",
                    "GiB held at most by a refresh of %,d lines, heap of 1 GiB".formatted(point.lines()),
                    Target.atMost(3, 3),
                    Spread.of(List.of(point.child().gibibytes())),
                    Map.of(
                            "refresh of %,d lines, whole process".formatted(point.lines()),
                            List.of(point.child().spent())));
        }
        var even = points.get(PARTS.indexOf(GIANT));
        var giant = point(Vendor.of(vendor.seed(), even.lines()).withGiant(), even.lines());
        findings.add(
                "P7",
                "processor time for each of %,d lines when a third are one partner's, for each second when they are not"
                        .formatted(giant.lines()),
                Target.NONE,
                Spread.of(giant.micros().stream()
                        .map(micros -> micros / even.micro())
                        .toList()));
        findings.add(
                "P7",
                "GiB held at most by a refresh of %,d lines, a third of them one partner's".formatted(giant.lines()),
                Target.atMost(3, 3),
                Spread.of(List.of(giant.child().gibibytes())));
        findings.picture(
                "growth.svg",
                "Processor time for each line, and memory, by number of lines",
                Picture.of(
                        new Picture.Panel("Processor time for each sale line, in µs", points(points, Point::micro)),
                        new Picture.Panel(
                                "Memory of the process at most, in GiB",
                                points(points, point -> point.child().gibibytes()))));
    }

    private static List<Picture.Point> points(List<Point> points, ToDoubleFunction<Point> height) {
        return points.stream()
                .map(point -> new Picture.Point(point.lines(), height.applyAsDouble(point)))
                .toList();
    }

    private Point point(Vendor vendor, long lines) throws Exception {
        var here = folder.resolve("growth");
        Folders.empty(here);
        var sales = new SalesYear(vendor, lines, Progress.SILENT).sales(here.resolve("sales.parquet"), 1, 0, lines);
        var refresh = new Refresh(new Rulebook(vendor.facts(), 0), Bench.THREADS);
        var target = here.resolve("target");
        var micros = new ArrayList<Double>();
        refresh.full(List.of(sales), target);
        for (var run = 0; run < runs; run++) {
            micros.add(Spent.on(() -> refresh.full(List.of(sales), target)).cpu() / lines * 1e6);
        }
        var child = Child.run(Child.refresh(vendor, lines, sales.path(), target));
        Folders.delete(here);
        return new Point(lines, List.copyOf(micros), child);
    }
}
