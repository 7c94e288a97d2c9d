package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.espace.batch.DuckDb;
import org.espace.bench.Findings.Target;

/**
 * Fifty people at once at the demo that everybody starts: the dashboard and the sign-in, each in turn with a page that
 * holds no figures, from the same process and the same sessions; and one who takes all lines of a large partner home.
 */
final class Visitors {

    private static final int AT_ONCE = 50;
    private static final int VIEWS = 6;
    private static final String PARTNERS_USER = "incentives.user@example.com";
    private static final String OPERATOR = "operator@example.com";
    /** The form for another password: the whole frame, a session, no figures. */
    private static final String EMPTY = "/password";

    private static final int WARM_ROUNDS = 4;

    private final Path folder;
    private final int pairs;
    private final Findings findings;

    Visitors(Path folder, int pairs, Findings findings) {
        this.folder = folder;
        this.pairs = pairs;
        this.findings = findings;
    }

    /** @param lines how many sale lines the large partner has; a little more earning lines come of them */
    void measure(long lines) throws Exception {
        var home = Files.createDirectories(folder.resolve("visited"));
        try (var demo = new Served(home)) {
            var people = new ArrayList<Served.Visitor>();
            for (var i = 0; i < AT_ONCE; i++) {
                people.add(demo.new Visitor().signIn(PARTNERS_USER));
            }
            var dashboard = people.getFirst().home();
            views(people, dashboard);
            signIns(people);
            export(demo, lines);
        }
        Folders.delete(home);
    }

    private void views(List<Served.Visitor> people, String dashboard) throws Exception {
        for (var i = 0; i < WARM_ROUNDS; i++) {
            round(people, person -> person.get(dashboard));
            round(people, person -> person.get(EMPTY));
        }
        var pages = new ArrayList<List<Spent>>();
        var empties = new ArrayList<List<Spent>>();
        for (var i = 0; i < Math.max(3, pairs); i++) {
            pages.add(round(people, person -> person.get(dashboard)));
            empties.add(round(people, person -> person.get(EMPTY)));
        }
        findings.add(
                "P11",
                "99th percentile of the dashboard with %d people at once, for each second of a page without figures in the same frame, process and sessions"
                        .formatted(AT_ONCE),
                Target.atMost(3, 3),
                ratio(pages, empties),
                Map.of("dashboard, each of all", flat(pages), "page without figures, each of all", flat(empties)));
        findings.add(
                "P11",
                "milliseconds for the dashboard with %d people at once, 99th percentile".formatted(AT_ONCE),
                Target.NONE,
                Spread.of(pages.stream().map(each -> slowest(each) * 1000).toList()));
    }

    /** From browsers that have signed in before: fifty unknown ones for one account would be made to wait. */
    private void signIns(List<Served.Visitor> people) throws Exception {
        var attempts = new ArrayList<List<Spent>>();
        var empties = new ArrayList<List<Spent>>();
        for (var i = -1; i < Math.max(3, pairs); i++) {
            var tokens = new ConcurrentHashMap<Served.Visitor, String>();
            for (var person : people) {
                tokens.put(person, Served.token(person.get("/login")));
            }
            var signedIn =
                    once(people, person -> person.attempt(PARTNERS_USER, Objects.requireNonNull(tokens.get(person))));
            var empty = once(people, person -> person.get(EMPTY));
            if (i >= 0) {
                attempts.add(signedIn);
                empties.add(empty);
            }
        }
        findings.add(
                "P11",
                "99th percentile of a sign-in with %d people at once (Argon2id with 19 MiB), for each second of a page without figures"
                        .formatted(AT_ONCE),
                Target.NONE,
                ratio(attempts, empties),
                Map.of("sign-in, each of all", flat(attempts), "page without figures, each of all", flat(empties)));
        findings.add(
                "P11",
                "milliseconds for a sign-in with %d people at once, 99th percentile".formatted(AT_ONCE),
                Target.NONE,
                Spread.of(attempts.stream().map(each -> slowest(each) * 1000).toList()));
    }

    private void export(Served demo, long lines) throws Exception {
        var feed = feed(lines);
        demo.run("load", feed.resolve("sales.csv").toString(), "--mapping", "espace");
        demo.run("refresh");
        var operator = demo.new Visitor().signIn(OPERATOR);
        var found = Pattern.compile("/partners/(\\d+)/earnings")
                .matcher(operator.get("/console/partners?q=BIG").body());
        if (!found.find()) {
            throw new IOException("the large partner is not there");
        }
        var path = found.group() + "/lines.csv?earning=only";
        var bare = folder.resolve("bare.csv");
        var count = new long[1];
        try (var duck = DuckDb.open(Bench.THREADS, "512MB", folder.resolve("spill"))) {
            var earnings = files(demo.lake().resolve("earnings"));
            var largest = duck.number("SELECT mode(location) FROM read_parquet(%s)".formatted(DuckDb.list(earnings)));
            var measured = Pairs.warm(
                    Math.max(3, pairs),
                    () -> operator.download(path),
                    () -> duck.execute(
                            "COPY (SELECT * FROM read_parquet(%s) WHERE location = %d AND lever > 0) TO %s (FORMAT csv, HEADER)"
                                    .formatted(DuckDb.list(earnings), largest, DuckDb.literal(bare))));
            count[0] = duck.number("SELECT count(*) FROM read_parquet(%s) WHERE location = %d AND lever > 0"
                    .formatted(DuckDb.list(earnings), largest));
            findings.add(
                    "P11",
                    "time on the wall to export %,d earning lines of one partner over HTTP, for each second of DuckDB's bare COPY of the same lines"
                            .formatted(count[0]),
                    Target.atMost(2, 2),
                    measured.wall(),
                    Map.of("export", wall(measured.ours()), "bare COPY", wall(measured.theirs())));
        }
        Folders.delete(feed);
        Files.deleteIfExists(bare);
    }

    private Path feed(long lines) throws IOException {
        var feed = Files.createDirectories(folder.resolve("big"));
        Files.writeString(feed.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                BIG,Grande Largeur,FR,BIG-1,Grande Largeur Nantes,FR,indirect-reseller
                """);
        Files.writeString(feed.resolve("products.csv"), """
                product,name,family,solution_area
                BIG-M365,Business Premium,m365,modern-work
                """);
        Files.writeString(feed.resolve("enrollments.csv"), """
                location,program,since,until
                BIG-1,csp-indirect-reseller,2025-07-01,
                """);
        try (var out = Files.newBufferedWriter(feed.resolve("sales.csv"))) {
            out.write("line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,"
                    + "amount,currency,status\n");
            for (var i = 0L; i < lines; i++) {
                var customer = i % 5_000;
                out.write("B-%d,BIG-1,2026-%02d-%02d,BIG-C%d,Acheteur %d,FR,corporate,BIG-M365,1,%d.%02d,USD,invoiced\n"
                        .formatted(i, 1 + i % 6, 1 + i % 28, customer, customer, 10 + i % 90, i % 100));
            }
        }
        return feed;
    }

    private static List<Path> files(Path earnings) throws IOException {
        try (var found = Files.walk(earnings)) {
            return found.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file -> !file.getFileName().toString().contains("-sums-"))
                    .toList();
        }
    }

    private interface Visit {
        Object of(Served.Visitor person) throws Exception;
    }

    private static List<Spent> round(List<Served.Visitor> people, Visit visit) throws Exception {
        return visit(people, VIEWS, visit);
    }

    private static List<Spent> once(List<Served.Visitor> people, Visit visit) throws Exception {
        return visit(people, 1, visit);
    }

    /** Everybody at once, each one view after the other. */
    private static List<Spent> visit(List<Served.Visitor> people, int views, Visit visit) throws Exception {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var jobs = people.stream()
                    .map(person -> (Callable<List<Spent>>) () -> {
                        var spent = new ArrayList<Spent>();
                        for (var i = 0; i < views; i++) {
                            var began = System.nanoTime();
                            visit.of(person);
                            spent.add(new Spent(0, (System.nanoTime() - began) / 1e9));
                        }
                        return spent;
                    })
                    .toList();
            var spent = new ArrayList<Spent>();
            for (var done : all.invokeAll(jobs)) {
                spent.addAll(done.get());
            }
            return spent;
        }
    }

    private static Spread ratio(List<List<Spent>> above, List<List<Spent>> below) {
        var ratios = new ArrayList<Double>();
        for (var i = 0; i < above.size(); i++) {
            ratios.add(slowest(above.get(i)) / slowest(below.get(i)));
        }
        return Spread.of(ratios);
    }

    /** The 99th percentile. */
    private static double slowest(List<Spent> spent) {
        var sorted = spent.stream().map(Spent::wall).sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }

    private static List<Spent> flat(List<List<Spent>> rounds) {
        return rounds.stream().flatMap(List::stream).toList();
    }

    private static List<Spent> wall(List<Spent> spent) {
        return spent.stream().map(each -> new Spent(0, each.wall())).toList();
    }
}
