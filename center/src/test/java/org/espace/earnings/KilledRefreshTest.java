package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.ledger.Ledger;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.espace.web.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A refresh that is killed has counted everything or nothing. */
@RoomTest
class KilledRefreshTest {

    private static final int KILLS = 6;
    private static final int ROWS = 60_000;

    @Autowired
    Earnings earnings;

    @Autowired
    Sales sales;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Ledger ledger;

    @Autowired
    Instance instance;

    @Value("${spring.datasource.url}")
    String url;

    @Value("${spring.datasource.username}")
    String user;

    @Value("${spring.datasource.password}")
    String password;

    @TempDir
    Path folder;

    @Test
    void aKillLeavesAllThatARunCountsOrNothing() throws IOException, InterruptedException {
        programs.publish("""
                program: killed
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                split: {rebate: 60%, co-op: 40%}
                levers: [{id: core, of: all, rate: 10%}]
                """, "test");
        var vendor = Vendor.of("KIL", folder, sales).enrolled("killed", "2026-01-01");
        var chance = new SplittableRandom(7);
        for (var kill = 1; kill <= KILLS; kill++) {
            vendor.sold("killed-%d.csv".formatted(kill), rows(kill));
            var before = earned();
            killWhileRefreshing(chance.nextInt(2_500));
            assertThat(earned()).isIn(before, before.add(new BigDecimal(ROWS)));

            earnings.refresh("test", Progress.SILENT);
            assertThat(earned()).isEqualByComparingTo(new BigDecimal((long) ROWS * kill));
        }
        assertThat(ledger.balances(location().id()))
                .extracting(balance -> balance.amount().amount().intValueExact())
                .containsExactly(ROWS * KILLS * 4 / 10, ROWS * KILLS * 6 / 10);
        var page = earnings.lines(EarningsFilter.all(location().partner()), LineOrder.newestFirst());
        assertThat(page.count()).isEqualTo((long) ROWS * KILLS);
        try (var files = Files.list(instance.lake().resolve("earnings"))) {
            assertThat(files.map(path -> path.getFileName().toString()).collect(Collectors.toSet()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.startsWith("replay"));
        }
    }

    private BigDecimal earned() {
        return earnings.totals(EarningsFilter.all(location().partner()), Dimension.PROGRAM).stream()
                .map(total -> total.amount().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Location location() {
        return partners.locations().stream()
                .filter(location -> location.number().equals("KIL-1"))
                .findFirst()
                .orElseThrow();
    }

    private static String rows(int kill) {
        var rows = new StringBuilder();
        for (var row = 0; row < ROWS; row++) {
            rows.append("%d-%d,1,2026-02-0%d,C%d,SUITE,10.00,USD,\n".formatted(kill, row, 1 + row % 9, row % 50));
        }
        return rows.toString();
    }

    private void killWhileRefreshing(int millisAfterItBegan) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RefreshingProcess.class.getName(),
                        url,
                        user,
                        password,
                        instance.home().toString(),
                        instance.lake().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var steps = process.inputReader()) {
            assertThat(steps.lines().anyMatch("refresh.waiting"::equals)).isTrue();
            Thread.sleep(millisAfterItBegan);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
