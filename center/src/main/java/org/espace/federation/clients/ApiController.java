package org.espace.federation.clients;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espace.access.Access;
import org.espace.access.EmailAddress;
import org.espace.access.PeopleFile.Row;
import org.espace.access.Provisioning;
import org.espace.access.Provisioning.Person;
import org.espace.access.UserId;
import org.espace.audit.Entries;
import org.espace.audit.Link;
import org.espace.certifications.IntakeFault;
import org.espace.certifications.Intakes;
import org.espace.earnings.Dimension;
import org.espace.earnings.EarningTotal;
import org.espace.earnings.Earnings;
import org.espace.earnings.EarningsFilter;
import org.espace.earnings.Refreshed;
import org.espace.earnings.Visible;
import org.espace.eligibility.MeasureFault;
import org.espace.eligibility.Measures;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What machines may read and write, in version 1. */
@RestController
class ApiController {

    private static final int MOST = 200;
    private static final int MOST_BROUGHT = 1_000;

    private final Earnings earnings;
    private final Provisioning provisioning;
    private final Entries entries;
    private final Intakes intakes;
    private final Measures measures;
    private final Partners partners;
    private final Clock clock;

    ApiController(
            Earnings earnings,
            Provisioning provisioning,
            Entries entries,
            Intakes intakes,
            Measures measures,
            Partners partners,
            Clock clock) {
        this.earnings = earnings;
        this.provisioning = provisioning;
        this.entries = entries;
        this.intakes = intakes;
        this.measures = measures;
        this.partners = partners;
        this.clock = clock;
    }

    /**
     * What was earned under one heading, in one currency.
     *
     * @param key the month, program code, {@code program/lever}, location id or customer id
     * @param amount in the currency's main unit, with all its decimals, as text so that nobody reads it as binary
     */
    record Total(String key, String name, String currency, String amount, String rebate, String coop, long lines) {

        static Total of(EarningTotal total) {
            return new Total(
                    total.key(),
                    total.name(),
                    total.amount().currency().getCurrencyCode(),
                    total.amount().amount().toPlainString(),
                    total.rebate().amount().toPlainString(),
                    total.coop().amount().toPlainString(),
                    total.lines());
        }
    }

    /** @param asOf up to when the figures have been computed; null before the first refresh */
    record Totals(String by, @Nullable Instant asOf, List<Total> totals) {}

    @GetMapping("/api/v1/partners/{partner}/earnings/totals")
    @Needs(Right.SEE_EARNINGS)
    Totals earnings(
            Visible visible,
            @RequestParam(defaultValue = "month") String by,
            @RequestParam @Nullable String month,
            @RequestParam @Nullable String program) {
        partners.partner(visible.partner());
        var filter = new EarningsFilter(visible, null, program, null, month == null ? null : month(month), null);
        return new Totals(
                by,
                earnings.lastRefresh().map(Refreshed::asOf).orElse(null),
                earnings.totals(filter, dimension(by)).stream().map(Total::of).toList());
    }

    /** @param active whether they may sign in */
    record ApiUser(
            int id, String email, String name, @Nullable String language, boolean active, Instant since) {

        static ApiUser of(Person person) {
            return new ApiUser(
                    person.id().value(),
                    person.email(),
                    person.name(),
                    person.language(),
                    person.active(),
                    person.since());
        }
    }

    /** @param after what to ask for to get the next ones; null when there are none */
    record Users(List<ApiUser> users, @Nullable Integer after) {}

    @GetMapping("/api/v1/partners/{partner}/users")
    @Needs(Right.SEE_USERS)
    Users users(
            @PathVariable PartnerId partner,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "100") int most) {
        if (most < 1 || most > MOST) {
            throw bad("most is 1 to " + MOST);
        }
        var users = provisioning.people(partners.partner(partner).id()).stream()
                .filter(person -> person.id().value() > after)
                .limit(most + 1L)
                .map(ApiUser::of)
                .toList();
        return users.size() <= most
                ? new Users(users, null)
                : new Users(users.subList(0, most), users.get(most - 1).id());
    }

    record NewUser(
            @Nullable String email,
            @Nullable String name,
            @Nullable String language) {}

    /** Without a password and without a role: people decide what they may do. */
    @PostMapping("/api/v1/partners/{partner}/users")
    @Needs(Right.MANAGE_USERS)
    ResponseEntity<ApiUser> create(
            @PathVariable PartnerId partner, @RequestBody NewUser user, HttpServletRequest request) {
        var email = Optional.ofNullable(user.email()).orElseThrow(() -> bad("email is missing"));
        var name = Optional.ofNullable(user.name())
                .map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= MOST)
                .orElseThrow(() -> bad("name has 1 to " + MOST + " characters"));
        if (user.language() != null && !List.of("en", "fr").contains(user.language())) {
            throw bad("language is en or fr");
        }
        var created = provisioning.create(
                partners.partner(partner).id(), new EmailAddress(email), name, user.language(), by(request));
        return ResponseEntity.status(HttpStatus.CREATED).body(ApiUser.of(created));
    }

    record Change(@Nullable Boolean active) {}

    /** Whoever is not active any more cannot go on in an open session. */
    @PatchMapping("/api/v1/partners/{partner}/users/{user}")
    @Needs(Right.MANAGE_USERS)
    ApiUser change(
            @PathVariable PartnerId partner,
            @PathVariable UserId user,
            @RequestBody Change change,
            HttpServletRequest request) {
        if (change.active() == null) {
            throw bad("active is missing");
        }
        return ApiUser.of(
                change.active()
                        ? provisioning.reactivate(partner, user, by(request))
                        : provisioning.deactivate(partner, user, by(request)));
    }

    /**
     * One entry of the book of who did what.
     *
     * @param number its place in the book
     * @param hash by which the book is chained
     */
    record Activity(
            long number,
            Instant at,
            String by,
            String action,
            String subject,
            Map<String, String> before,
            Map<String, String> after,
            String hash) {

        static Activity of(Link link) {
            var entry = link.entry();
            return new Activity(
                    link.number(),
                    entry.at(),
                    entry.by(),
                    entry.action(),
                    entry.subject(),
                    entry.before(),
                    entry.after(),
                    link.fingerprint());
        }
    }

    /** @param before what to ask for to get the earlier ones; null when there are none */
    record Activities(List<Activity> activity, @Nullable Long before) {}

    /** Of the last month, unless another beginning is asked for. */
    @GetMapping("/api/v1/partners/{partner}/activity")
    @Needs(Right.SEE_ACTIVITY)
    Activities activity(
            @PathVariable PartnerId partner,
            @RequestParam @Nullable Instant from,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "100") int most) {
        if (most < 1 || most > MOST) {
            throw bad("most is 1 to " + MOST);
        }
        var now = clock.instant();
        var since = from == null ? now.minus(Duration.ofDays(31)) : from;
        var links = entries.of(partners.partner(partner).id(), since, now, before, most + 1);
        var shown = links.stream().limit(most).map(Activity::of).toList();
        return new Activities(
                shown, links.size() <= most ? null : shown.getLast().number());
    }

    /** @param results each with the columns that a file of results has: {@code person}, {@code certification}, … */
    record Results(@Nullable List<Map<String, String>> results) {}

    record Measured(@Nullable List<Map<String, String>> measures) {}

    /** @param row its place in the list, from 1 */
    record Refused(int row, String field, String value, String code) {

        static Refused of(IntakeFault fault) {
            return new Refused(
                    fault.number(), fault.field(), fault.value(), fault.code().name());
        }

        static Refused of(MeasureFault fault) {
            return new Refused(
                    fault.number(),
                    fault.code().column(),
                    fault.value(),
                    fault.code().name());
        }
    }

    /** @param known how many said what we knew */
    record Brought(int added, int known, List<Refused> refused) {

        static Brought of(Intakes.Outcome outcome) {
            return new Brought(
                    outcome.added(),
                    outcome.known(),
                    outcome.faults().stream().map(Refused::of).toList());
        }

        static Brought of(Measures.Outcome outcome) {
            return new Brought(
                    outcome.added(),
                    outcome.known(),
                    outcome.faults().stream().map(Refused::of).toList());
        }
    }

    /** Good rows count at once; brought again, they are known. */
    @PostMapping("/api/v1/certifications/results")
    @Needs(Right.MANAGE_CATALOGUE)
    Brought results(@RequestBody Results brought, HttpServletRequest request) {
        return Brought.of(intakes.takeResults(rows(brought.results()), by(request)));
    }

    @PostMapping("/api/v1/certifications/measures")
    @Needs(Right.MANAGE_CATALOGUE)
    Brought measures(@RequestBody Measured brought, HttpServletRequest request) {
        return Brought.of(intakes.takeMeasures(rows(brought.measures()), by(request)));
    }

    /** Numbers about locations, which conditions ask for. */
    @PostMapping("/api/v1/eligibility/measures")
    @Needs(Right.DECIDE_ENROLLMENTS)
    Brought numbers(@RequestBody Measured brought, HttpServletRequest request) {
        return Brought.of(measures.take(rows(brought.measures()), by(request)));
    }

    private static List<Row> rows(@Nullable List<Map<String, String>> brought) {
        if (brought == null || brought.isEmpty() || brought.size() > MOST_BROUGHT) {
            throw bad("bring 1 to " + MOST_BROUGHT);
        }
        return IntStream.range(0, brought.size())
                .mapToObj(place -> new Row(place + 1, true, withoutNulls(brought.get(place))))
                .toList();
    }

    private static Map<String, String> withoutNulls(@Nullable Map<String, String> row) {
        return row == null
                ? Map.of()
                : row.entrySet().stream()
                        .filter(cell -> cell.getKey() != null && cell.getValue() != null)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @RequestMapping("/api/**")
    @Needs(Right.ENTER)
    void nothingElse() {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such resource, or not with this method");
    }

    private static Dimension dimension(String by) {
        try {
            return Dimension.valueOf(by.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw bad("by is month, program, lever, location or customer");
        }
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException _) {
            throw bad("month is written as 2026-03");
        }
    }

    private static ResponseStatusException bad(String detail) {
        return new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, detail);
    }

    private static String by(HttpServletRequest request) {
        return Access.caller(request).orElseThrow().getName();
    }
}
