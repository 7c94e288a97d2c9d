package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espace.bench.Findings.Target;
import org.espace.postgres.EmbeddedPostgres;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The daily round of an instance with many locations: who may join each program, and what becomes of invitations. Beside
 * it a plain count of the rows that are read and kept, on the same server.
 */
final class Night {

    private static final String GOAL = "P13";
    static final int DAYS_OF_SALES = 50;
    private static final int LEARNED = 200;
    private static final List<String> READ = List.of(
            "partners.location",
            "sales.day_sum",
            "sales.exchange_rate",
            "eligibility.holding",
            "eligibility.measure",
            "eligibility.answer",
            "eligibility.verdict");

    private final Program program;
    private final Path folder;
    private final int locations;
    private final int programs;
    private final int repeats;
    private final Findings findings;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    /** @param folder for feeds, beside the home of the instance */
    Night(Program program, Path folder, int locations, int programs, int repeats, Findings findings) {
        this.program = program;
        this.folder = folder;
        this.locations = locations;
        this.programs = programs;
        this.repeats = repeats;
        this.findings = findings;
    }

    /** What a round has said of itself, without the start of its process. */
    private record Round(double eligibility, double enrollment, int steps) {

        static Round of(String said) {
            JsonNode answer = new JsonMapper().readTree(said);
            return new Round(
                    answer.get("eligibilitySeconds").asDouble(),
                    answer.get("enrollmentSeconds").asDouble(),
                    answer.get("steps").asInt());
        }
    }

    void measure() throws Exception {
        Files.createDirectories(program.home());
        try (var server = EmbeddedPostgres.open(program.home().resolve("postgres"));
                var sql = DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password())) {
            measure(sql);
        }
        Folders.delete(program.home());
    }

    /** @param sql on the server of the instance, which the commands join */
    private void measure(Connection sql) throws Exception {
        prepare(sql);
        var scratch = round();
        var again = new ArrayList<Round>();
        var counts = new ArrayList<Spent>();
        for (var i = 0; i < repeats; i++) {
            again.add(round());
            counts.add(Spent.on(() -> countAll(sql)));
        }
        learn();
        var learned = Round.of(program.run("round", "--learned", "--json"));
        var counted = counts.stream().map(Spent::wall).toList();
        looked("from scratch, with the invitations that follow at once", List.of(scratch.eligibility()), counted);
        looked("again, nothing new", again.stream().map(Round::eligibility).toList(), counted);
        looked("after new sales of %d locations".formatted(learned()), List.of(learned.eligibility()), counted);
        kept("nothing is due", again.stream().map(Round::enrollment).toList());
        var invited = invitedAnew(sql);
        kept("a first round, %,d invitations and their mail".formatted(invited.steps()), List.of(invited.enrollment()));
        var reminded = reminded(sql);
        kept("%,d reminders and their mail".formatted(reminded.steps()), List.of(reminded.enrollment()));
    }

    private Round round() throws IOException, InterruptedException {
        return Round.of(program.run("round", "--json"));
    }

    private String size() {
        return "%,d locations, %d programs of 8 conditions".formatted(locations, programs);
    }

    private int learned() {
        return Math.min(LEARNED, locations);
    }

    private void looked(String when, List<Double> spent, List<Double> counted) {
        var count = Spread.of(counted).median();
        findings.add(
                GOAL,
                "time on the wall to look at who may join (%s), %s, for each second of a plain count of the rows read and kept"
                        .formatted(size(), when),
                Target.NONE,
                Spread.of(spent.stream().map(each -> each / count).toList()),
                Map.of("who may join, " + when, wall(spent), "plain count", wall(counted)));
    }

    private void kept(String when, List<Double> spent) {
        findings.add(
                GOAL,
                "seconds on the wall to keep the enrollments of a day (%s), %s".formatted(size(), when),
                Target.NONE,
                Spread.of(spent),
                Map.of("enrollments, " + when, wall(spent)));
    }

    private static List<Spent> wall(List<Double> seconds) {
        return seconds.stream().map(each -> new Spent(0, each)).toList();
    }

    // --- what is known -----------------------------------------------------------------------------------------------

    private void prepare(Connection sql) throws Exception {
        var feed = Files.createDirectories(folder.resolve("night-feed"));
        rows(
                feed.resolve("partners.csv"),
                "partner,partner_name,partner_country,location,location_name,location_country,type",
                i -> "N%1$d,Night %1$d,FR,N%1$d-1,Night %1$d Lyon,FR,indirect-reseller".formatted(i));
        Files.writeString(
                feed.resolve("products.csv"), "product,name,family,solution_area\nN-M365,Premium,m365,modern-work\n");
        rows(feed.resolve("holdings.csv"), "location,kind,code,level,since,until", this::holdings);
        rows(feed.resolve("measures.csv"), "location,code,day,value", this::measures);
        sales(
                feed.resolve("sales.csv"),
                locations,
                DAYS_OF_SALES,
                "night",
                i -> d -> "%d.25".formatted((i * 7 + d * 131) % 2000));
        program.run("load", feed.resolve("sales.csv").toString(), "--mapping", "espace");
        var rates = folder.resolve("night-rates.xml");
        Files.writeString(rates, rates());
        program.run("load", rates.toString(), "--mapping", "ecb");
        for (var i = 0; i < programs; i++) {
            var terms = folder.resolve("night-terms.yaml");
            Files.writeString(terms, terms(i));
            program.run("terms", "publish", terms.toString());
        }
        execute(sql, """
                insert into access.user_account (email, name, language, created_at, created_by, partner_id)
                select lower(number) || '@night.example', name, 'en', now(), 'bench', id from partners.partner
                where number ~ '^N[0-9]+$'""", """
                insert into access.role_grant (user_id, role, partner_id, granted_at, granted_by)
                select id, 'incentives-administrator', partner_id, now(), 'bench' from access.user_account
                where email like '%@night.example'""", "analyze");
        Folders.delete(feed);
    }

    /** Nine of ten have signed, two of five hold what a program asks for, half of them have attained a designation. */
    private String holdings(int i) {
        var rows = new ArrayList<String>();
        if (i % 10 != 0) {
            rows.add("N%d-1,agreement,network-membership,,%s,".formatted(i, today.minusDays(400)));
        }
        rows.add("N%d-1,competency,%s,silver,%s,"
                .formatted(i, i % 3 == 0 ? "cloud" : "data-" + i % 12, today.minusDays(i % 300)));
        if (i % 2 == 0) {
            rows.add("N%d-1,competency,azure,,%s,".formatted(i, today.minusDays(200)));
        }
        return String.join("\n", rows);
    }

    private String measures(int i) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(m ->
                        "N%d-1,productivity,%s,%d".formatted(i, today.minusDays(30L * m), (i * 13 + m * 101) % 1500))
                .collect(Collectors.joining("\n"));
    }

    private String rates() {
        return IntStream.rangeClosed(0, 720)
                .mapToObj(d ->
                        "<Cube time=\"%s\"><Cube currency=\"USD\" rate=\"1.1\"/></Cube>".formatted(today.minusDays(d)))
                .collect(Collectors.joining("", "<Cube>", "</Cube>"));
    }

    /** Eight conditions, of which several programs ask half. */
    private String terms(int i) {
        return """
                program: night-%1$d
                version: V1
                effective: %2$s/%3$s
                currency: USD
                requires:
                  - agreement: network-membership
                  - competency: {any-of: [cloud, data-%1$d], level: silver}
                  - first-sale: true
                  - actively-reselling: {days: %4$d}
                  - trailing-revenue: {days: 365, at-least: %5$d USD, of: location, once-met: stays}
                  - trailing-revenue: {days: 365, at-least: %6$d USD, of: partner}
                  - measure: {code: productivity, at-least: %7$d}
                  - any-of: [{designation: azure}, {points: {area: modern-work, at-least: 25}}]
                levers: [{id: core, of: all, rate: 4%%}]
                """.formatted(
                        i,
                        today.minusYears(2),
                        today.plusYears(1),
                        60 + 30 * (i % 3),
                        10_000 * (1 + i % 4),
                        5_000 * (1 + i % 4),
                        100 * (1 + i));
    }

    private interface Amounts {
        IntFunction<String> of(int location);
    }

    private void sales(Path file, int locations, int days, String lines, Amounts amounts) throws IOException {
        rows(
                file,
                locations,
                "line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status",
                i -> IntStream.rangeClosed(1, days)
                        .mapToObj(d -> "%s-%d-%d,N%2$d-1,%s,C-%2$d,Acheteur,FR,corporate,N-M365,1,%s,%s,invoiced"
                                .formatted(
                                        lines,
                                        i,
                                        d,
                                        today.minusDays(14L * d),
                                        amounts.of(i).apply(d),
                                        d % 5 == 0 ? "EUR" : "USD"))
                        .collect(Collectors.joining("\n")));
    }

    private void rows(Path file, String head, IntFunction<String> of) throws IOException {
        rows(file, locations, head, of);
    }

    private static void rows(Path file, int most, String head, IntFunction<String> of) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write(head + "\n");
            for (var i = 1; i <= most; i++) {
                out.write(of.apply(i) + "\n");
            }
        }
    }

    /** One more sale each, large enough to change what some of them are missing. */
    private void learn() throws IOException, InterruptedException {
        var feed = Files.createDirectories(folder.resolve("night-learned"));
        sales(feed.resolve("sales.csv"), learned(), 1, "learned", i -> d -> "40000");
        program.run("load", feed.resolve("sales.csv").toString(), "--mapping", "espace");
        Folders.delete(feed);
    }

    // --- what was invited --------------------------------------------------------------------------------------------

    /** As if nobody had been invited yet. */
    private Round invitedAnew(Connection sql) throws Exception {
        execute(sql, "delete from enrollment.read_message", "delete from enrollment.step", "analyze enrollment.step");
        return round();
    }

    /** As if everybody had been invited twenty days ago. */
    private Round reminded(Connection sql) throws Exception {
        execute(
                sql,
                "update enrollment.step set at = at - interval '20 days', day = day - 20",
                "analyze enrollment.step");
        return round();
    }

    private static void countAll(Connection sql) throws SQLException {
        execute(sql, READ.stream().map(table -> "select count(*) from " + table).toArray(String[]::new));
    }

    private static void execute(Connection sql, String... statements) throws SQLException {
        try (var statement = sql.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }
}
