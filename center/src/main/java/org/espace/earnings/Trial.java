package org.espace.earnings;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.espace.batch.CarriedSums;
import org.espace.batch.Corrections;
import org.espace.batch.EarningFile;
import org.espace.batch.Progress;
import org.espace.batch.Rater;
import org.espace.batch.SalesFile;
import org.espace.batch.Threads;
import org.espace.engine.Rulebook;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.espace.web.Instance;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Rates everything from the first sale on, compares it with what stands, and leaves nothing behind. */
@Component
class Trial {

    private final Footing footing;
    private final Refresh refresh;
    private final EarningsStore store;
    private final OneAtATime turns;
    private final TransactionTemplate transaction;
    private final DSLContext sql;
    private final Path folder;

    Trial(
            Footing footing,
            Refresh refresh,
            EarningsStore store,
            OneAtATime turns,
            TransactionTemplate transaction,
            DSLContext sql,
            Instance instance) {
        this.footing = footing;
        this.refresh = refresh;
        this.store = store;
        this.turns = turns;
        this.transaction = transaction;
        this.sql = sql;
        this.folder = instance.lake().resolve("earnings/trial");
    }

    /** Everything that is known now, what no refresh has counted yet included. */
    DryRun dryRun(Progress progress) {
        return turns.hold(progress, () -> {
            try {
                var now = footing.now();
                var rated = rate(now, refresh.files(), progress);
                var standing =
                        store.files().stream().map(EarningsStore.Journal::file).toList();
                var lines = 0L;
                for (var part : rated) {
                    progress.at("refresh.correcting", 0, 0);
                    var name = "difference-%d".formatted(part.fractionDigits());
                    lines += Corrections.write(name, folder, standing, part.files(), Rater.Locations.all()).stream()
                            .mapToLong(EarningFile::lines)
                            .sum();
                }
                var differences = differences(rated, now).stream()
                        .filter(difference -> !difference.isNothing())
                        .toList();
                return new DryRun(differences, lines);
            } finally {
                clear();
            }
        });
    }

    /** What would have become of the sales that were counted, had something else been promised. To be called in turn. */
    List<Difference> compare(Footing.Now imagined, Progress progress)
            throws SQLException, InterruptedException, IOException {
        var counted = store.ratedLoads();
        var files = refresh.files().stream()
                .filter(file -> counted.contains(file.load()))
                .toList();
        try {
            var rated = rate(imagined, files, progress);
            progress.at("refresh.correcting", 0, 0);
            return differences(rated, imagined);
        } finally {
            clear();
        }
    }

    private record Part(Rater.Rated rated, int fractionDigits) {

        List<EarningFile> files() {
            return rated.files();
        }
    }

    private List<Part> rate(Footing.Now now, List<SalesFile> files, Progress progress)
            throws SQLException, InterruptedException, IOException {
        clear();
        Files.createDirectories(folder);
        var parts = new ArrayList<Part>();
        var fineness = Fineness.of(files, folder);
        for (var digits : fineness.all()) {
            var rater = new Rater(
                    new Rulebook(now.facts(), digits), digits, CarriedSums.none(), folder, Threads.ofThisMachine());
            parts.add(new Part(
                    rater.rate("trial-%d".formatted(digits), files, fineness.having(digits), progress), digits));
        }
        return parts;
    }

    private List<Difference> differences(List<Part> parts, Footing.Now now) {
        var programs = now.codes();
        return Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            store.stage(
                    parts.stream()
                            .map(part -> new EarningsStore.Part(part.rated().totals(), part.fractionDigits()))
                            .toList(),
                    Refresh.currencies(now));
            return sql.fetch("""
                            select location_id, program_id, month, currency, sum(before), sum(after),
                                   sum(rebate_before), sum(rebate_after)
                            from (
                                select location_id, program_id, month, currency, 0 as before, amount as after,
                                       0 as rebate_before, rebate as rebate_after from new_earned
                                union all
                                select location_id, program_id, month, currency, amount, 0, rebate, 0
                                from earnings.earning_total
                            ) side
                            group by location_id, program_id, month, currency
                            order by location_id, program_id, month, currency
                            """).map(row -> {
                var currency = Currency.getInstance(row.get(3, String.class));
                return new Difference(
                        new LocationId(row.get(0, int.class)),
                        Objects.requireNonNull(programs.get(row.get(1, int.class))),
                        YearMonth.from(row.get(2, LocalDate.class)),
                        new Money(row.get(4, BigDecimal.class), currency),
                        new Money(row.get(5, BigDecimal.class), currency),
                        new Money(row.get(6, BigDecimal.class), currency),
                        new Money(row.get(7, BigDecimal.class), currency));
            });
        }));
    }

    private void clear() throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
