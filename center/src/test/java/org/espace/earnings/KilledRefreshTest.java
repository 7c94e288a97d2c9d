package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.espace.RoomTest;
import org.espace.batch.CarriedSums;
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

    private static final int KILLS = 50;
    private static final int ROWS = 2_000;
    private static final int LATEST_MILLIS = 900;

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

    @Autowired
    EarningsStore store;

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
        vendor.sold("killed-0.csv", rows(0));
        var cache = folder.resolve("start.aot");
        var classPath = jars();
        var first = start("-XX:AOTCacheOutput=" + cache, classPath);
        begin(first);
        try (var steps = first.inputReader()) {
            assertThat(steps.lines().filter(step -> step.startsWith("refresh")).count())
                    .isGreaterThan(2);
        }
        first.waitFor();
        assertThat(earned()).isEqualByComparingTo(new BigDecimal(ROWS));
        var chance = new SplittableRandom(7);
        var unfinished = 0;
        var next = start("-XX:AOTCache=" + cache, classPath);
        for (var kill = 1; kill <= KILLS; kill++) {
            if (kill % 5 == 0) {
                vendor.enrolled("killed", "2025-12-%02d".formatted(1 + kill % 28));
            }
            vendor.sold("killed-%d.csv".formatted(kill), rows(kill));
            var before = earned();
            var refreshing = next;
            next = start("-XX:AOTCache=" + cache, classPath);
            killWhileRefreshing(refreshing, chance.nextInt(LATEST_MILLIS));
            assertThat(earned()).isIn(before, new BigDecimal((kill + 1L) * ROWS + ".00"));
            unfinished += earned().compareTo(before) == 0 ? 1 : 0;
        }
        next.destroyForcibly().waitFor();
        assertThat(unfinished).as("kills that came in time").isPositive();
        earnings.refresh("test", Progress.SILENT);
        assertThat(earnings.running()).isEmpty();
        assertThat(earned()).isEqualByComparingTo(new BigDecimal((KILLS + 1L) * ROWS));
        assertThat(ledger.balances(location().id()))
                .extracting(balance -> balance.amount().amount().intValueExact())
                .containsExactly(ROWS * (KILLS + 1) * 4 / 10, ROWS * (KILLS + 1) * 6 / 10);
        var page = earnings.lines(EarningsFilter.all(location().partner()), LineOrder.newestFirst());
        assertThat(page.count()).isEqualTo((KILLS + 1L) * ROWS);
        earnings.refresh("test", Progress.SILENT);
        try (var files = Files.list(instance.lake().resolve("earnings"))) {
            assertThat(files).containsExactlyInAnyOrderElementsOf(named());
        }
    }

    /** What the manifest and the last sums name; whatever else there was is swept by the refresh that follows. */
    private Set<Path> named() {
        var sums = Objects.requireNonNull(store.lastRun().orElseThrow().sums());
        var named = new HashSet<>(Set.of(sums));
        store.files().forEach(journal -> named.add(journal.file().path()));
        CarriedSums.read(sums).files().forEach(file -> named.add(file.file().toPath()));
        return named;
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

    private static void killWhileRefreshing(Process process, int millisAfterItBegan)
            throws IOException, InterruptedException {
        begin(process);
        try (var steps = process.inputReader()) {
            assertThat(steps.lines().anyMatch("refresh.waiting"::equals)).isTrue();
            Thread.sleep(millisAfterItBegan);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void begin(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** The class path with its folders as jars, since only these are cached. */
    private String jars() throws IOException {
        var parts = new ArrayList<String>();
        for (var part : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1)) {
            if (!part.isEmpty()) {
                parts.add(Files.isDirectory(Path.of(part)) ? jar(Path.of(part), parts.size()) : part);
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    private String jar(Path classes, int number) throws IOException {
        var jar = folder.resolve("classes-%d.jar".formatted(number));
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(each -> !each.equals(classes)).toList()) {
                var name = classes.relativize(file).toString();
                out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                if (!Files.isDirectory(file)) {
                    Files.copy(file, out);
                }
            }
        }
        return jar.toString();
    }

    /** It waits to be told to begin, so that one starts while another is killed; the cache makes that quick. */
    private Process start(String cache, String classPath) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-Dorg.jooq.no-logo=true",
                        "-Dorg.jooq.no-tips=true",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:disable",
                        cache,
                        "-cp",
                        classPath,
                        RefreshingProcess.class.getName(),
                        url,
                        user,
                        password,
                        instance.home().toString(),
                        instance.lake().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
