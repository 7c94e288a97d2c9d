package org.espace.enrollment;

import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decisions about many locations at once. First it is looked at what would change, and why not; the same is then carried
 * out in the background, some hundreds a transaction, each looked at again when its turn comes. Whoever is killed leaves
 * the rest to the next server; what is cancelled keeps what has been done.
 */
@Service
class Decisions {

    static final int AT_ONCE = 200;
    static final int MOST = 50_000;
    private static final int LONGEST_NUMBER = 120;
    private static final int LONGEST_LIST = 2_000_000;
    private static final int LONGEST_REASON = 1_000;
    private static final int RECENT = 20;
    private static final Pattern BETWEEN_NUMBERS = Pattern.compile("[\\s,;\"\\ufeff]+");

    private final DecisionStore store;
    private final Memberships memberships;
    private final Candidates candidates;
    private final Offers offers;
    private final Partners partners;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Decisions(
            DecisionStore store,
            Memberships memberships,
            Candidates candidates,
            Offers offers,
            Partners partners,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.memberships = memberships;
        this.candidates = candidates;
        this.offers = offers;
        this.partners = partners;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    List<Decision> recent() {
        return store.last(RECENT);
    }

    Decision decision(int decision) {
        return store.find(decision).orElseThrow(() -> new DecisionNotFound(decision));
    }

    List<DecisionItem> items(Decision decision, boolean possible, int offset, int most) {
        return store.items(decision.id(), possible, offset, most);
    }

    /**
     * Looks at what a decision would change, and changes nothing. From the fields kind, program, day, reason, and either
     * numbers (of locations, in any separation) or status (those whom the program shows so; empty: everybody).
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    Decision look(Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var kind = Decision.Kind.find(fields.needed("kind", 40));
        if (kind.isEmpty()) {
            fields.fault("kind", "choice");
        }
        var offer = offers.find(fields.needed("program", 120));
        if (offer.isEmpty()) {
            fields.fault("program", "choice");
        }
        var day = fields.day("day")
                .orElseGet(() -> kind.filter(Decision.Kind.INVITE::equals).isPresent()
                        ? today().plusDays(Due.INVITED_DAYS)
                        : today());
        if (kind.filter(Decision.Kind.INVITE::equals).isPresent() && !day.isAfter(today())) {
            fields.fault("day", "future");
        }
        var reason = fields.lines("reason", 1, LONGEST_REASON);
        var status = status(fields);
        var named = numbers(fields, typed);
        fields.refuseFaulty();
        var decision = new Decision(
                0,
                kind.orElseThrow(),
                offer.orElseThrow().program(),
                day,
                reason,
                clock.instant(),
                by,
                null,
                null,
                false,
                Decision.Counts.NONE);
        var id = store.insert(decision);
        store.insert(id, named.isEmpty() ? selected(decision, status) : listed(decision, named));
        return decision(id);
    }

    private static Optional<Status> status(Fields fields) {
        var code = fields.optional("status", 40);
        var status = Arrays.stream(Status.values())
                .filter(one -> one.name().equals(code))
                .findFirst();
        if (code != null && status.isEmpty()) {
            fields.fault("status", "choice");
        }
        return status;
    }

    private static Set<String> numbers(Fields fields, Map<String, String> typed) {
        var text = typed.getOrDefault("numbers", "");
        if (text.length() > LONGEST_LIST) {
            fields.fault("numbers", "long");
            return Set.of();
        }
        var numbers = new LinkedHashSet<String>();
        BETWEEN_NUMBERS.splitAsStream(text).filter(number -> !number.isEmpty()).forEach(numbers::add);
        if (numbers.size() > MOST) {
            fields.fault("numbers", "too-many");
        }
        if (numbers.stream()
                .anyMatch(number ->
                        number.length() > LONGEST_NUMBER || number.chars().anyMatch(Character::isISOControl))) {
            fields.fault("numbers", "numbers");
        }
        return numbers;
    }

    private List<DecisionItem> selected(Decision decision, Optional<Status> status) {
        var items = new ArrayList<DecisionItem>();
        for (var candidate : candidates.of(partners.locations(), decision.program())) {
            if (status.isEmpty() || status.get() == candidate.position(true).status()) {
                items.add(item(items.size() + 1, candidate.location().number(), candidate, decision));
            }
        }
        return items;
    }

    private List<DecisionItem> listed(Decision decision, Set<String> numbers) {
        var byNumber = partners.locations().stream()
                .filter(location -> numbers.contains(location.number()))
                .collect(toMap(Location::number, Function.identity()));
        var known = candidates.of(byNumber.values(), decision.program()).stream()
                .collect(toMap(candidate -> candidate.location().number(), Function.identity()));
        var items = new ArrayList<DecisionItem>();
        for (var number : numbers) {
            var candidate = known.get(number);
            items.add(
                    candidate != null
                            ? item(items.size() + 1, number, candidate, decision)
                            : new DecisionItem(
                                    items.size() + 1,
                                    number,
                                    null,
                                    byNumber.containsKey(number) ? "not-for-it" : "unknown",
                                    false));
        }
        return items;
    }

    private DecisionItem item(int number, String named, Candidate candidate, Decision decision) {
        var obstacle = decision.obstacle(candidate, today()).orElse(null);
        return new DecisionItem(number, named, candidate.location().id(), obstacle, false);
    }

    /** From now on it is carried out; saying so again changes nothing. */
    @Transactional
    void start(Decision decision, String by) {
        if (decision.counts().possible() > 0 && store.start(decision.id(), by, clock.instant())) {
            events.publishEvent(Act.of("enrollment.decided", by, null, decision.program() + " " + decision.id())
                    .changing(
                            Map.of(),
                            Map.of(
                                    "kind", decision.kind().code(),
                                    "day", decision.day().toString(),
                                    "reason", decision.reason(),
                                    "locations",
                                            Integer.toString(decision.counts().possible()))));
            events.publishEvent(new DecisionStarted(decision.id()));
        }
    }

    /** What has been done stays; the rest is left. */
    @Transactional
    void cancel(Decision decision, String by) {
        if (decision.isRunning() && store.end(decision.id(), true, by, clock.instant())) {
            events.publishEvent(Act.of("enrollment.cancelled", by, null, decision.program() + " " + decision.id()));
        }
    }

    /** Does what is left of each decision that was started, unless another process is at it. */
    void finishAll() {
        store.unfinished().forEach(this::work);
    }

    void work(int decision) {
        while (Boolean.TRUE.equals(transaction.execute(_ -> step(decision)))) {
            // each step is kept
        }
    }

    /** Whether another step may follow. */
    private boolean step(int id) {
        if (!store.lockUnfinished(id)) {
            return false;
        }
        var decision = decision(id);
        var items = store.waiting(id, AT_ONCE);
        if (items.isEmpty()) {
            store.end(id, false, decision.askedBy(), clock.instant());
            return false;
        }
        var locations = partners.locations(items.stream()
                .map(item -> Objects.requireNonNull(item.location()))
                .toList());
        store.settle(id, items, memberships.decide(decision, locations), clock.instant());
        return true;
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
