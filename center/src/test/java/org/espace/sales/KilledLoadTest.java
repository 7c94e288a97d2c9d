package org.espace.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.web.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A load that is killed has left everything or nothing. */
@RoomTest
class KilledLoadTest {

    private static final int ROWS = 200_000;
    private static final String HEADER = "line_id,location,day,customer,customer_name,customer_country,"
            + "customer_segment,product,quantity,amount,currency,status\n";

    @Autowired
    Sales sales;

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
    void aKillLeavesTheWholeFileOrNothing() throws IOException, InterruptedException {
        var chance = new SplittableRandom(42);
        for (int kill = 0; kill < 8; kill++) {
            var feed = feed("killed-" + kill);
            killWhileLoading(feed, chance.nextInt(1_500));

            var name = feed.getFileName().toString();
            var loads = sales.loads(100).stream()
                    .filter(load -> load.file().equals(name))
                    .toList();
            assertThat(loads).hasSizeLessThanOrEqualTo(1).allMatch(load -> load.accepted() == ROWS);
            var lines = sales.files().stream()
                    .filter(file -> loads.stream().anyMatch(load -> load.id() == file.load()))
                    .toList();
            assertThat(lines).hasSameSizeAs(loads).allMatch(file -> file.lines() == ROWS);

            var report = sales.load(feed, new LoadOrder("espace"), "test", Progress.SILENT);
            assertThat(report.accepted()).isEqualTo(loads.isEmpty() ? ROWS : 0);
            assertThat(report.duplicates()).isEqualTo(loads.isEmpty() ? 0 : ROWS);
        }
        var known = sales.files().stream()
                .map(file -> instance.lake().resolve(file.path()))
                .collect(Collectors.toSet());
        try (var files = Files.list(instance.lake().resolve("sales"))) {
            assertThat(files.map(Path::toAbsolutePath)).allMatch(known::contains);
        }
        try (var left = Files.list(instance.lake().resolve("work"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("load-")))
                    .isEmpty();
        }
    }

    private void killWhileLoading(Path feed, int millisAfterItBegan) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-Dorg.jooq.no-logo=true",
                        "-Dorg.jooq.no-tips=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LoadingProcess.class.getName(),
                        url,
                        user,
                        password,
                        instance.home().toString(),
                        instance.lake().toString(),
                        feed.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var steps = process.inputReader()) {
            assertThat(steps.readLine()).isEqualTo("load.checking");
            Thread.sleep(millisAfterItBegan);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Path feed(String name) throws IOException {
        Files.writeString(folder.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                KILL,Killed,FR,KILL-L1,Paris,FR,direct-reseller
                """);
        Files.writeString(folder.resolve("products.csv"), "product,name,family,solution_area\nKILL-P1,One,,\n");
        var text = new StringBuilder(HEADER);
        for (int row = 0; row < ROWS; row++) {
            text.append(name).append('-').append(row).append(",KILL-L1,2026-01-31,");
            text.append("KILL-C").append(row % 1_000).append(",,,,KILL-P1,1,");
            text.append(row % 900).append(".25,EUR,\n");
        }
        return Files.writeString(folder.resolve(name + ".csv"), text);
    }
}
