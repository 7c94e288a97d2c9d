package org.espace.batch;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.espace.engine.Sums;

/**
 * The sums of all locations between runs. They lie in files, beside a list of these: a run reads what the lines of its
 * locations can touch, adds files with the groups that it has changed, and writes a new list. The old list and its files
 * stay as they are, so that a run that is interrupted has changed nothing. When the changes have grown to a third of all
 * groups, they are merged.
 */
public final class CarriedSums implements Serializable {

    private static final int CHANGES_TO_MERGE = 3;
    private static final String MEMORY = "256MB";

    private final List<SumsFile> before;
    private final SortedSet<Integer> forgotten;
    private final List<SumsFile> added = Collections.synchronizedList(new ArrayList<>());

    private CarriedSums(List<SumsFile> before, SortedSet<Integer> forgotten) {
        this.before = before;
        this.forgotten = forgotten;
    }

    /** Where every location starts from nothing. */
    public static CarriedSums none() {
        return new CarriedSums(List.of(), new TreeSet<>());
    }

    /** Those that a run has listed. */
    public static CarriedSums read(Path list) {
        try (var lines = Files.lines(list)) {
            return new CarriedSums(lines.map(line -> listed(list, line)).toList(), new TreeSet<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SumsFile listed(Path list, String line) {
        var parts = line.split(" ", 4);
        return new SumsFile(
                list.resolveSibling(parts[3]).toFile(),
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]));
    }

    /** Those of the locations from the first to the last, on their own. */
    public CarriedSums within(int first, int last) {
        return new CarriedSums(
                before.stream().filter(file -> file.isWithin(first, last)).toList(),
                new TreeSet<>(forgotten.subSet(first, last + 1)));
    }

    /** Replaces the sums of the other's locations by the other's. */
    public void take(CarriedSums other) {
        other.added.stream().filter(file -> !added.contains(file)).forEach(added::add);
    }

    /** Lets a location start from nothing again. */
    public void forget(int location) {
        forgotten.add(location);
    }

    /** Every file that holds some of these sums. */
    public List<SumsFile> files() {
        synchronized (added) {
            return Stream.concat(
                            before.stream(), added.stream().sorted(Comparator.comparingInt(SumsFile::firstLocation)))
                    .toList();
        }
    }

    /** Writes the list, once all that use the sums have ended. Merged files go beside it, under its name. */
    public void write(Path list) throws SQLException {
        var layers = layers(files());
        var changes = layers.stream().skip(1).mapToLong(CarriedSums::groups).sum();
        var kept = layers.size() > 1 && changes * CHANGES_TO_MERGE > groups(layers.getFirst())
                ? merged(layers, list)
                : files();
        try {
            var unfinished = list.resolveSibling(list.getFileName() + ".tmp");
            Files.write(unfinished, kept.stream().map(file -> line(file, list)).toList());
            Files.move(unfinished, list, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(SumsFile file, Path list) {
        var from = list.toAbsolutePath().resolveSibling("");
        return "%d %d %d %s"
                .formatted(
                        file.groups(),
                        file.firstLocation(),
                        file.lastLocation(),
                        from.relativize(file.file().toPath().toAbsolutePath()));
    }

    /** Those of one location, for rating that is not carried on. */
    public SumsInMemory ofLocation(int location, DuckDb duck) throws SQLException {
        var files = before.stream()
                .filter(file -> file.isWithin(location, location))
                .toList();
        var kept = new SumsInMemory();
        try (var range = new SumsInRange(
                duck, layers(files), forgotten, Touched.everything(), location, location, Path.of(""), _ -> {})) {
            var sums = new Sums();
            range.load(location, sums);
            kept.save(location, sums);
        }
        return kept;
    }

    /**
     * The sums of a range, to be read in the order of locations; what is changed goes into files beside the target.
     *
     * @param lines how many sale lines there are about
     * @param sales selects their locations and owners
     */
    SumsInRange open(DuckDb duck, int first, int last, long lines, String sales, Path target) throws SQLException {
        var here = before.stream().filter(file -> file.isWithin(first, last)).toList();
        var touched = groups(here) > lines ? new Touched(duck, sales) : Touched.everything();
        return new SumsInRange(duck, layers(here), forgotten, touched, first, last, target, added::add);
    }

    private static long groups(List<SumsFile> files) {
        return files.stream().mapToLong(SumsFile::groups).sum();
    }

    /** Files of one layer follow each other by location; of two layers, the later one is right. */
    private static List<List<SumsFile>> layers(List<SumsFile> files) {
        var layers = new ArrayList<List<SumsFile>>();
        for (var file : files) {
            if (layers.isEmpty() || layers.getLast().getLast().lastLocation() >= file.firstLocation()) {
                layers.add(new ArrayList<>());
            }
            layers.getLast().add(file);
        }
        return layers;
    }

    /** Location by location, in memory that does not grow with their number. */
    private static List<SumsFile> merged(List<List<SumsFile>> layers, Path list) throws SQLException {
        var merged = new ArrayList<SumsFile>();
        var files = layers.stream().flatMap(List::stream).toList();
        var first = files.stream().mapToInt(SumsFile::firstLocation).min().orElseThrow();
        var last = files.stream().mapToInt(SumsFile::lastLocation).max().orElseThrow();
        try (var duck = DuckDb.open(1, MEMORY, list.resolveSibling(list.getFileName() + ".spill"));
                var range = new SumsInRange(
                        duck, layers, new TreeSet<>(), Touched.everything(), first, last, list, merged::add)) {
            range.copy();
        }
        return merged;
    }
}
