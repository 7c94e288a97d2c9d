package org.espace.earnings;

import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.espace.batch.CarriedSums;
import org.espace.batch.DuckDb;
import org.espace.engine.FeedReason;
import org.espace.engine.Rating;
import org.espace.engine.Reason;
import org.espace.engine.Sale;
import org.espace.engine.WhatNext;
import org.espace.engine.WhyNot;
import org.espace.partners.LocationId;
import org.espace.programs.PublishedTerms;
import org.espace.sales.Disposition;
import org.espace.sales.Sales;
import org.espace.web.Instance;
import org.springframework.stereotype.Component;

/** What the next sales would earn, and what would have made a sale earn: tried on the sums that the last refresh left. */
@Component
class NextSteps {

    private static final String MEMORY = "128MB";

    private final Footing footing;
    private final EarningsStore store;
    private final Journal journal;
    private final Vocabulary vocabulary;
    private final Sales sales;
    private final Path lake;

    NextSteps(
            Footing footing,
            EarningsStore store,
            Journal journal,
            Vocabulary vocabulary,
            Sales sales,
            Instance instance) {
        this.footing = footing;
        this.store = store;
        this.journal = journal;
        this.vocabulary = vocabulary;
        this.sales = sales;
        this.lake = instance.lake();
    }

    /** @param most how many customers, at most, for a lever that adds up each one's sales */
    List<NextStep> whatNext(Visible visible, LocalDate day, int most) {
        var facts = footing.of(visible.partner(), Set.of());
        var terms = vocabulary.terms();
        var found = new ArrayList<WhatNext.Prospect>();
        var locations = new ArrayList<LocationId>();
        for (var location : vocabulary.locations(EarningsFilter.all(visible))) {
            var id = location.id().value();
            WhatNext.of(facts, fractionDigits(id), sums(id), id, day, most).stream()
                    .filter(prospect -> visible.holds(location.id(), program(terms, prospect.terms())))
                    .forEach(prospect -> {
                        found.add(prospect);
                        locations.add(location.id());
                    });
        }
        var customers = vocabulary.customers(
                found.stream().map(WhatNext.Prospect::customer).toList());
        var steps = new ArrayList<NextStep>();
        for (var i = 0; i < found.size(); i++) {
            var prospect = found.get(i);
            var promise = Objects.requireNonNull(terms.get(prospect.terms())).terms();
            steps.add(new NextStep(
                    locations.get(i),
                    promise,
                    promise.levers().get(prospect.lever() - 1),
                    customers.get(prospect.customer()),
                    prospect));
        }
        return List.copyOf(steps);
    }

    /** Throws {@link LineNotFound} when the partner has no such line. */
    List<Zero> whyNot(Visible visible, String line) {
        var key = LineKey.of(line);
        var sale = sale(visible, key, line);
        var digits = fractionDigits(key.location());
        var facts = footing.of(visible.partner(), sale.customer() == 0 ? Set.of() : Set.of(sale.customer()));
        var asked = new Sale(
                key.location(),
                sale.day(),
                sale.customer(),
                sale.product(),
                sale.quantity(),
                sale.amount()
                        .movePointRight(Currency.getInstance(sale.currency()).getDefaultFractionDigits() + digits)
                        .longValueExact(),
                Currency.getInstance(sale.currency()),
                sale.order(),
                sale.kind(),
                sale.disposition());
        var before = WhyNot.without(facts, digits, sums(key.location()), asked);
        var terms = vocabulary.terms();
        var codes = codes();
        return WhyNot.of(facts, digits, before, asked).stream()
                .filter(verdict -> !verdict.earned())
                .filter(verdict -> key.program() == 0 || key.program() == verdict.program())
                .filter(verdict -> visible.holds(new LocationId(key.location()), program(terms, verdict.terms())))
                .map(verdict -> zero(verdict, terms, codes))
                .toList();
    }

    private static String program(Map<Integer, PublishedTerms> terms, int promise) {
        return Objects.requireNonNull(terms.get(promise)).terms().program();
    }

    private Journal.Sale sale(Visible visible, LineKey key, String line) {
        var location = new LocationId(key.location());
        if (!vocabulary.isVisible(visible, key) || journal.history(key).isEmpty()) {
            throw new LineNotFound(line);
        }
        return sales.files().stream()
                .filter(file -> file.load() == Lines.loadOf(key.seq()))
                .findFirst()
                .flatMap(file -> journal.sale(file.path(), file.fractionDigits(), location, key.seq()))
                .orElseThrow(() -> new LineNotFound(line));
    }

    private Zero zero(WhyNot.Verdict verdict, Map<Integer, PublishedTerms> terms, IntFunction<String> codes) {
        var promise = Objects.requireNonNull(terms.get(verdict.terms())).terms();
        var names = vocabulary.programs();
        var conditions = verdict.failed().stream()
                .map(failed -> condition(failed, codes))
                .toList();
        return new Zero(
                promise,
                promise.levers().get(verdict.lever() - 1),
                conditions.stream().allMatch(Zero.Condition::partnerCanAct),
                conditions,
                verdict.changes().stream()
                        .map(change -> Advice.of(change, program -> names.getOrDefault(program, ""), codes))
                        .toList());
    }

    private static Zero.Condition condition(WhyNot.Failed failed, IntFunction<String> codes) {
        var actual = failed.actual();
        if (failed.about().equals("disposition") && actual != null) {
            var code = codes.apply(Integer.parseInt(actual));
            return new Zero.Condition(
                    code, FeedReason.partnerCanActOn(code), Advice.of(failed, codes), Advice.besides(failed));
        }
        return new Zero.Condition(
                failed.code(), failed.partnerCanAct(), Advice.of(failed, codes), Advice.besides(failed));
    }

    private IntFunction<String> codes() {
        var codes = sales.dispositions().stream().collect(toMap(Disposition::id, Disposition::code));
        return id -> codes.getOrDefault(id, Reason.NO_LEVER.name());
    }

    private Rating.Carried sums(int location) {
        var file = store.lastRun().map(EarningsStore.LastRun::sums);
        if (file.isEmpty()) {
            return Rating.Carried.NOTHING;
        }
        try (var duck = DuckDb.open(1, MEMORY, lake)) {
            return CarriedSums.read(file.get()).ofLocation(location, duck);
        } catch (SQLException e) {
            throw new IllegalStateException("the carried sums cannot be read: " + e.getMessage(), e);
        }
    }

    /** How much finer than a minor unit the location's sales are, and so its sums. */
    private int fractionDigits(int location) {
        var finer = sales.files().stream()
                .filter(file -> file.fractionDigits() > 0
                        && file.firstLocation() <= location
                        && file.lastLocation() >= location)
                .toList();
        var digits = new HashSet<Integer>(Set.of(0));
        for (var file : finer) {
            if (journal.holds(file.path(), new LocationId(location))) {
                digits.add(file.fractionDigits());
            }
        }
        return digits.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
