package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** On an instance of its own, whose past is moved further into the past. */
@RoomTest
@TestPropertySource(properties = "espace.test=closing")
class AsKnownTest {

    private static final int DAYS = 4;

    @Autowired
    Earnings earnings;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Sales sales;

    @Autowired
    DSLContext sql;

    @TempDir
    Path folder;

    /** What was to be seen on one day. */
    private record Printed(
            List<TotalsRow> totals,
            List<EarningTotal> byMonth,
            List<SalesTotal> sold,
            LinePage lines,
            List<EarningTotal> customers) {}

    @Test
    void whatWasShownOnADayIsShownAgain() throws IOException {
        programs.publish("""
                program: known
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                split: {rebate: 60%, co-op: 40%}
                levers: [{id: core, of: all, rate: 7%}]
                """, "test");
        var vendor = Vendor.of("KNO", folder, sales).enrolled("known", "2026-05-01");
        var printed = new LinkedHashMap<LocalDate, Printed>();
        var today = LocalDate.now(ZoneId.systemDefault());
        for (var day = 0; day < DAYS; day++) {
            vendor.enrolled("known", "2026-0%d-01".formatted(5 - day)).sold("day-%d.csv".formatted(day), sold(day));
            earnings.refresh("test", Progress.SILENT);
            vendor.sold(
                    "waiting-%d.csv".formatted(day),
                    "W%1$d,1,2026-03-04,A,SUITE,5.00,USD,\nV%1$d,1,2026-03-04,A,NOSUCH,5.00,USD,".formatted(day));
            printed.put(today.minusDays(DAYS - day), print(null));
            sql.execute("update earnings.run set finished_at = finished_at - interval '1 day'");
            sql.execute("update sales.load set loaded_at = loaded_at - interval '1 day'");
        }
        vendor.sold("today.csv", sold(99));
        earnings.refresh("test", Progress.SILENT);

        printed.forEach((day, shown) -> assertThat(print(day)).as("%s", day).isEqualTo(shown));
        assertThat(printed.values()).doesNotHaveDuplicates();
        assertThat(earnings.totals(today)).isEqualTo(earnings.totals());
        assertThat(earnings.totals(today.minusYears(20))).isEmpty();
    }

    private Printed print(@Nullable LocalDate asKnown) {
        var filter = EarningsFilter.all(partner());
        var known = asKnown == null ? filter : filter.asKnownOn(asKnown);
        return new Printed(
                asKnown == null ? earnings.totals() : earnings.totals(asKnown),
                earnings.totals(known, Dimension.MONTH),
                earnings.sales(known),
                earnings.lines(known, LineOrder.newestFirst()),
                earnings.totals(known, Dimension.CUSTOMER));
    }

    private static String sold(int day) {
        var chance = new SplittableRandom(day);
        var rows = new ArrayList<String>();
        for (var i = 0; i < 20; i++) {
            rows.add("%d-%d,%d,2026-0%d-%02d,%s,SUITE,%d.%02d,USD,"
                    .formatted(
                            day,
                            i,
                            1 + i % 2,
                            1 + chance.nextInt(8),
                            1 + chance.nextInt(28),
                            List.of("A", "B").get(i % 2),
                            chance.nextInt(900),
                            chance.nextInt(100)));
        }
        rows.add("0-3,1,2026-02-02,A,SUITE,%d.00,USD,".formatted(10 + day));
        return String.join("\n", rows) + "\n";
    }

    private PartnerId partner() {
        return partners.locations().stream()
                .filter(location -> location.number().equals("KNO-1"))
                .findFirst()
                .orElseThrow()
                .partner();
    }
}
