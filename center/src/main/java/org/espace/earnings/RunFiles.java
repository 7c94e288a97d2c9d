package org.espace.earnings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.espace.batch.CarriedSums;
import org.espace.batch.EarningFile;
import org.espace.batch.SumsFile;
import org.espace.sales.Sales;
import org.espace.sales.SalesFile;
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which files a refresh has read and written, as the manifest has them. */
@Component
class RunFiles {

    private final EarningsStore store;
    private final Sales sales;
    private final Path lake;

    RunFiles(EarningsStore store, Sales sales, Instance instance) {
        this.store = store;
        this.sales = sales;
        this.lake = instance.lake();
    }

    List<RunFile> of(RunReport run) {
        var all = new ArrayList<RunFile>();
        var fresh = Set.copyOf(run.loads());
        var again = store.replayed(run.id());
        var known = store.ratedLoads(run.id());
        for (var file : sales.files()) {
            if (fresh.contains(file.load())) {
                all.add(sold(RunFile.Use.NEW_SALES, file));
            } else if (known.contains(file.load()) && isAmong(again, file.firstLocation(), file.lastLocation())) {
                all.add(sold(RunFile.Use.SALES_AGAIN, file));
            }
        }
        for (var one : store.files()) {
            var file = one.file();
            if (one.run() == run.id()) {
                all.add(earned(one.corrections() ? RunFile.Use.CORRECTIONS : RunFile.Use.EARNINGS, file));
            } else if (one.run() < run.id() && isAmong(again, file.firstLocation(), file.lastLocation())) {
                all.add(earned(RunFile.Use.COMPARED, file));
            }
        }
        var before = sums(store.sumsBefore(run.id()));
        sums(store.sums(run.id())).stream()
                .filter(file -> !before.contains(file))
                .forEach(file -> all.add(file(
                        RunFile.Use.SUMS, lake.relativize(file.file().toPath()).toString(), null, file.groups())));
        all.sort(Comparator.comparing(RunFile::use).thenComparing(RunFile::path));
        return List.copyOf(all);
    }

    private static boolean isAmong(NavigableSet<Integer> locations, int first, int last) {
        return !locations.subSet(first, true, last, true).isEmpty();
    }

    private RunFile sold(RunFile.Use use, SalesFile file) {
        return file(use, file.path(), file.load(), file.lines());
    }

    private RunFile earned(RunFile.Use use, EarningFile file) {
        return file(use, lake.relativize(file.path()).toString(), null, file.lines());
    }

    private RunFile file(RunFile.Use use, String path, @Nullable Integer load, long lines) {
        return new RunFile(use, path, load, lines, bytes(lake.resolve(path)));
    }

    private static @Nullable Long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return null;
        }
    }

    /** Empty where there are none, or no longer. */
    private static Set<SumsFile> sums(@Nullable Path list) {
        return list == null || !Files.exists(list)
                ? Set.of()
                : CarriedSums.read(list).files().stream().collect(Collectors.toCollection(HashSet::new));
    }
}
