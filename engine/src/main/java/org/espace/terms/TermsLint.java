package org.espace.terms;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong, or probably not meant, in terms before they are published. */
public final class TermsLint {

    /** From here on a share of revenue is an accelerator, which should end somewhere. */
    private static final long HIGH_RATE = 150_000;

    private final Terms terms;
    private final YamlSection root;
    private final List<YamlSection> sections;
    private final List<Finding> findings = new ArrayList<>();

    private TermsLint(Terms terms, YamlSection root) {
        this.terms = terms;
        this.root = root;
        sections = root.sections("levers");
    }

    /**
     * All findings by line.
     *
     * @param others what is published besides; other programs and the same version are not looked at
     * @param catalogue empty when it is not known what is sold
     */
    public static List<Finding> of(String text, List<Terms> others, Optional<Catalogue> catalogue) {
        try {
            var terms = TermsReader.read(text);
            var lint = new TermsLint(terms, YamlSection.parse(text, new ArrayList<>()));
            lint.versions(others);
            lint.periods();
            for (var i = 0; i < terms.levers().size(); i++) {
                lint.lever(terms.levers().get(i), lint.sections.get(i));
            }
            lint.circles(Finding.Code.CIRCULAR_STACKING, "stacks-on", Lever::stacksOn);
            lint.circles(Finding.Code.CIRCULAR_YIELDING, "yields-to", Lever::yieldsTo);
            lint.twins();
            lint.askedTwice(terms.conditions(), lint.root.sections("requires"), new HashSet<>());
            catalogue.ifPresent(lint::known);
            return sorted(lint.findings);
        } catch (TermsInvalid invalid) {
            return sorted(invalid.problems().stream().map(TermsLint::refused).toList());
        }
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
    }

    private static Finding refused(TermsInvalid.Problem problem) {
        var code = Finding.Code.valueOf(problem.code().toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Finding(code, problem.line(), Map.of("problem", problem));
    }

    private void find(Finding.Code code, int line, Map<String, Object> arguments) {
        findings.add(new Finding(code, line, arguments));
    }

    // --- days --------------------------------------------------------------------------------------------------------

    private void versions(List<Terms> others) {
        var own = terms.effective();
        var line = root.lineOf("effective");
        var besides = others.stream()
                .filter(other -> other.program().equals(terms.program())
                        && !other.version().equals(terms.version()))
                .toList();
        for (var other : besides) {
            var from = later(own.from(), other.effective().from());
            var until = earlier(own.until(), other.effective().until());
            if (from.isBefore(until)) {
                find(
                        Finding.Code.VERSIONS_OVERLAP,
                        line,
                        Map.of("version", other.version(), "first", from, "last", until.minusDays(1)));
            }
        }
        besides.stream()
                .map(other -> other.effective().until())
                .filter(until -> !until.isAfter(own.from()))
                .max(Comparator.naturalOrder())
                .filter(until -> until.isBefore(own.from()))
                .ifPresent(ended -> gap(ended, own.from()));
        besides.stream()
                .map(other -> other.effective().from())
                .filter(from -> !from.isBefore(own.until()))
                .min(Comparator.naturalOrder())
                .filter(from -> from.isAfter(own.until()))
                .ifPresent(next -> gap(own.until(), next));
    }

    private void gap(LocalDate from, LocalDate until) {
        find(
                Finding.Code.GAP_BETWEEN_VERSIONS,
                root.lineOf("effective"),
                Map.of("first", from, "last", until.minusDays(1)));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private void periods() {
        for (var i = 0; i < terms.levers().size(); i++) {
            var lever = terms.levers().get(i);
            var section = sections.get(i);
            var spans = EnumSet.noneOf(Lever.Span.class);
            if (lever.scope().per() != Lever.Per.LINE && spans.add(lever.scope().span())) {
                period(lever.id(), lever.scope().span(), section.lineOf("period"));
            }
            for (var limit : lever.limits()) {
                if (limit.scope().per() != Lever.Per.LINE
                        && spans.add(limit.scope().span())) {
                    var key = limit instanceof Lever.Cap ? "cap" : "floor";
                    period(lever.id(), limit.scope().span(), section.lineOf(key));
                }
            }
        }
        var ceilings = root.sections("ceilings");
        for (var i = 0; i < ceilings.size(); i++) {
            var ceiling = terms.ceilings().get(i);
            if (ceiling.scope().per() != Lever.Per.LINE) {
                period(ceiling.id(), ceiling.scope().span(), ceilings.get(i).lineOf("period"));
            }
        }
    }

    private void period(String lever, Lever.Span span, int line) {
        var days = terms.effective();
        if (span == Lever.Span.TERM) {
            return;
        }
        var first = startOf(span, days.from());
        var last = startOf(span, days.until());
        var firstWhole = first.equals(days.from()) ? first : first.plusMonths(months(span));
        Map<String, Object> arguments = Map.of(
                "lever",
                lever,
                "period",
                Written.word(span),
                "first",
                days.from(),
                "last",
                days.until().minusDays(1));
        if (!firstWhole.isBefore(last)) {
            find(Finding.Code.NO_WHOLE_PERIOD, line, arguments);
        } else if (!first.equals(days.from()) || !last.equals(days.until())) {
            find(Finding.Code.PERIOD_CUT, line, arguments);
        }
    }

    private LocalDate startOf(Lever.Span span, LocalDate day) {
        var offset = span == Lever.Span.YEAR ? 0 : terms.fiscalYearStarts().getMonthValue() - 1;
        var month = day.getYear() * 12 + day.getMonthValue() - 1 - offset;
        var first = Math.floorDiv(month, months(span)) * months(span) + offset;
        return LocalDate.of(Math.floorDiv(first, 12), Math.floorMod(first, 12) + 1, 1);
    }

    private static int months(Lever.Span span) {
        return switch (span) {
            case MONTH -> 1;
            case QUARTER -> 3;
            case HALF_YEAR -> 6;
            case YEAR, FISCAL_YEAR -> 12;
            case TERM -> throw new IllegalArgumentException("terms are not counted in months");
        };
    }

    // --- what is paid ------------------------------------------------------------------------------------------------

    private void lever(Lever lever, YamlSection section) {
        var most = Payout.most(lever.formula());
        if (most.isPresent() && most.get() == 0) {
            find(Finding.Code.PAYS_NOTHING, section.line(), Map.of("lever", lever.id()));
        }
        if (Payout.highestRate(lever.formula()) > Rate.ALL.partsPerMillion()) {
            find(Finding.Code.PAYS_MORE_THAN_SOLD, section.line(), Map.of("lever", lever.id()));
        }
        for (var step : Payout.steps(lever.formula())) {
            atStep(lever, section, step);
        }
        most.filter(amount -> amount > 0).ifPresent(amount -> limits(lever, section, amount));
        if (isAccelerator(lever) && !isBounded(lever, most)) {
            find(Finding.Code.UNCAPPED_ACCELERATOR, section.line(), Map.of("lever", lever.id()));
        }
        selection(lever, section);
    }

    private void atStep(Lever lever, YamlSection section, Payout.AtStep at) {
        var measure = measure(at.tiers());
        var steps = steps(at.tiers());
        var step = steps.get(at.number());
        var line = line(section, at);
        Object from = switch (measure) {
            case REVENUE -> Money.ofMinor(step.from(), terms.currency());
            case QUANTITY -> TermsTree.quantity(step.from());
        };
        Map<String, Object> arguments = Map.of("lever", lever.id(), "from", from);
        if (at.falls()) {
            find(
                    Finding.Code.PAYS_LESS_FOR_MORE,
                    line,
                    with(arguments, "jump", money(at.jump().negate())));
        }
        var retroactive = at.tiers() instanceof Lever.Retroactive;
        if (at.number() > 0 && (retroactive || !(step.pays() instanceof Lever.Fixed))) {
            if (steps.get(at.number() - 1).pays().equals(step.pays())) {
                find(Finding.Code.STEP_WITHOUT_EFFECT, line, arguments);
            }
        }
        if (retroactive && !(step.pays() instanceof Lever.Fixed) && isCliff(at)) {
            find(Finding.Code.CLIFF, line, with(arguments, "jump", jump(measure, steps, at)));
        }
        var ofMixedSums =
                measure == Lever.Measure.QUANTITY && Reads.of(lever.formula()).revenue();
        lever.limits().stream()
                .filter(limit -> limit instanceof Lever.Cap && !ofMixedSums)
                .filter(cap ->
                        at.below().compareTo(BigDecimal.valueOf(cap.amount().minor())) >= 0)
                .findFirst()
                .ifPresent(cap -> find(Finding.Code.UNREACHABLE_STEP, line, with(arguments, "cap", cap.amount())));
    }

    /** What is earned at the step is more than half as much again as just below it. */
    private static boolean isCliff(Payout.AtStep at) {
        return at.jump().add(at.jump()).compareTo(at.below()) > 0;
    }

    /** An amount; or a share of all revenue, where a rate depends on a quantity. */
    private Object jump(Lever.Measure measure, List<Lever.Step> steps, Payout.AtStep at) {
        if (measure == Lever.Measure.QUANTITY
                && steps.get(at.number()).pays() instanceof Lever.Flat(var rate)
                && at.number() == 0) {
            return rate;
        }
        if (measure == Lever.Measure.QUANTITY
                && steps.get(at.number()).pays() instanceof Lever.Flat(var rate)
                && steps.get(at.number() - 1).pays() instanceof Lever.Flat(var before)) {
            return new Rate(rate.partsPerMillion() - before.partsPerMillion());
        }
        return money(at.jump());
    }

    private Money money(BigDecimal minor) {
        return Money.ofMinor(minor.setScale(0, RoundingMode.HALF_UP).longValueExact(), terms.currency());
    }

    private static Lever.Measure measure(Lever.Formula tiers) {
        return tiers instanceof Lever.Marginal marginal ? marginal.measure() : ((Lever.Retroactive) tiers).measure();
    }

    private static List<Lever.Step> steps(Lever.Formula tiers) {
        return tiers instanceof Lever.Marginal marginal ? marginal.steps() : ((Lever.Retroactive) tiers).steps();
    }

    /** Tiers within other formulas are shown at the lever's own line. */
    private static int line(YamlSection section, Payout.AtStep at) {
        return section.section("tiers")
                .map(tiers -> tiers.sections("steps").get(at.number()).line())
                .orElse(section.line());
    }

    private void limits(Lever lever, YamlSection section, long most) {
        var earned = Money.ofMinor(most, terms.currency());
        for (var limit : lever.limits()) {
            if (!limit.scope().equals(lever.scope())) {
                continue;
            }
            switch (limit) {
                case Lever.Floor floor
                when floor.amount().compareTo(earned) > 0 ->
                    find(
                            Finding.Code.FLOOR_OUT_OF_REACH,
                            section.lineOf("floor"),
                            Map.of("lever", lever.id(), "floor", limit.amount(), "most", earned));
                case Lever.Cap cap
                when cap.amount().compareTo(earned) >= 0 ->
                    find(
                            Finding.Code.CAP_WITHOUT_EFFECT,
                            section.lineOf("cap"),
                            Map.of("lever", lever.id(), "cap", limit.amount(), "most", earned));
                case Lever.Floor _, Lever.Cap _ -> {}
            }
        }
    }

    private static boolean isAccelerator(Lever lever) {
        return !lever.stacksOn().isEmpty()
                || lever.basis() instanceof Lever.Growth
                || Payout.highestRate(lever.formula()) >= HIGH_RATE;
    }

    private boolean isBounded(Lever lever, Optional<Long> most) {
        return most.isPresent()
                || lever.limits().stream().anyMatch(Lever.Cap.class::isInstance)
                || terms.ceilings().stream()
                        .anyMatch(ceiling ->
                                ceiling.levers().isEmpty() || ceiling.levers().contains(lever.id()));
    }

    // --- which sales -------------------------------------------------------------------------------------------------

    private void selection(Lever lever, YamlSection section) {
        var only = lever.of().only();
        if (lever.of().except().stream().anyMatch(except -> isWithin(only, except))) {
            find(Finding.Code.EXCEPTS_EVERYTHING, section.lineOf("of"), Map.of("lever", lever.id()));
        }
        if (isOutside(only.get(Selection.Attribute.PARTNER_TYPE), terms.partnerTypes())
                || isOutside(only.get(Selection.Attribute.PARTNER_COUNTRY), terms.countries())) {
            find(Finding.Code.OUTSIDE_OPEN_TO, section.lineOf("of"), Map.of("lever", lever.id()));
        }
        var without = lever.without();
        if (without != null
                && (areApart(only, without.askedOf())
                        || lever.of().except().stream().anyMatch(except -> isWithin(without.askedOf(), except)))) {
            find(Finding.Code.ASKED_OF_NOTHING, section.lineOf("customers"), Map.of("lever", lever.id()));
        }
        for (var other : lever.yieldsTo()) {
            if (takesAllOf(terms.lever(other), lever)) {
                find(
                        Finding.Code.ALWAYS_YIELDS,
                        section.lineOf("yields-to"),
                        Map.of("lever", lever.id(), "other", other));
            }
        }
        for (var other : lever.stacksOn()) {
            if (areApart(only, terms.lever(other).of().only())) {
                find(
                        Finding.Code.NOTHING_TO_STACK_ON,
                        section.lineOf("stacks-on"),
                        Map.of("lever", lever.id(), "other", other));
            }
        }
    }

    private static boolean isOutside(@Nullable Set<String> selected, Set<String> open) {
        return selected != null && !open.isEmpty() && selected.stream().noneMatch(open::contains);
    }

    /** Whether whatever has the attributes of one has those of the other, too. */
    private static boolean isWithin(
            Map<Selection.Attribute, Set<String>> one, Map<Selection.Attribute, Set<String>> other) {
        return other.entrySet().stream()
                .allMatch(entry -> entry.getValue().containsAll(one.getOrDefault(entry.getKey(), Set.of("")))
                        && one.containsKey(entry.getKey()));
    }

    private static boolean takesAllOf(Lever other, Lever lever) {
        return isWithin(lever.of().only(), other.of().only())
                && other.of().except().isEmpty()
                && (other.trigger() == Lever.Trigger.INVOICED || other.trigger() == lever.trigger())
                && other.customerAge() == null
                && other.without() == null
                && other.requires().isEmpty()
                && !(other.basis() instanceof Lever.HigherOf);
    }

    /** A location, or a customer, may stand on several lists, so that two different lists may meet in it. */
    private static boolean areApart(
            Map<Selection.Attribute, Set<String>> one, Map<Selection.Attribute, Set<String>> other) {
        return one.entrySet().stream()
                .filter(entry -> entry.getKey() != Selection.Attribute.PARTNER_LIST
                        && entry.getKey() != Selection.Attribute.CUSTOMER_LIST)
                .anyMatch(entry -> isOutside(entry.getValue(), other.getOrDefault(entry.getKey(), Set.of())));
    }

    private void circles(Finding.Code code, String key, Function<Lever, Set<String>> others) {
        var done = new HashSet<String>();
        for (var lever : terms.levers()) {
            if (done.add(lever.id())) {
                var reached = reached(lever, others);
                if (reached.contains(lever.id())) {
                    var circle = new TreeSet<>(reached);
                    circle.removeIf(
                            other -> !reached(terms.lever(other), others).contains(lever.id()));
                    done.addAll(circle);
                    var section = sections.get(terms.levers().indexOf(lever));
                    find(code, section.lineOf(key), Map.of("levers", String.join(", ", circle)));
                }
            }
        }
    }

    private Set<String> reached(Lever from, Function<Lever, Set<String>> others) {
        var reached = new HashSet<String>();
        var next = new ArrayList<>(others.apply(from));
        while (!next.isEmpty()) {
            var id = next.removeLast();
            if (reached.add(id)) {
                next.addAll(others.apply(terms.lever(id)));
            }
        }
        return reached;
    }

    private void twins() {
        var seen = new HashMap<Lever, String>();
        for (var i = 0; i < terms.levers().size(); i++) {
            var lever = terms.levers().get(i);
            var twin = seen.putIfAbsent(nameless(lever), lever.id());
            if (twin != null) {
                find(Finding.Code.SAME_LEVER_TWICE, sections.get(i).line(), Map.of("lever", lever.id(), "other", twin));
            }
        }
    }

    private static Lever nameless(Lever lever) {
        return new Lever(
                "",
                new Names("", ""),
                lever.of(),
                lever.trigger(),
                lever.customerAge(),
                lever.without(),
                lever.requires(),
                lever.basis(),
                lever.scope(),
                lever.formula(),
                lever.limits(),
                lever.stacksOn(),
                lever.yieldsTo(),
                lever.split());
    }

    // --- what the catalogue knows ------------------------------------------------------------------------------------

    private void known(Catalogue catalogue) {
        codes(catalogue, terms.conditions(), root.sections("requires"));
        for (var i = 0; i < terms.levers().size(); i++) {
            var lever = terms.levers().get(i);
            var section = sections.get(i);
            codes(catalogue, lever.requires(), section.sections("requires"));
            attributes(lever.of()).forEach(attributes -> values(catalogue, lever, attributes, section.lineOf("of")));
            var without = lever.without();
            if (without != null) {
                Stream.concat(attributes(without.bought()), Stream.of(without.askedOf()))
                        .forEach(attributes -> values(catalogue, lever, attributes, section.lineOf("customers")));
            }
            for (var side : Selection.Side.values()) {
                var things = catalogue.things().getOrDefault(side, Set.of());
                if (!things.isEmpty() && things.stream().noneMatch(thing -> selects(lever.of(), side, thing))) {
                    find(
                            Finding.Code.SELECTS_NOTHING,
                            section.lineOf("of"),
                            Map.of("lever", lever.id(), "side", Written.word(side)));
                }
            }
        }
    }

    private static Stream<Map<Selection.Attribute, Set<String>>> attributes(Selection of) {
        return Stream.concat(Stream.of(of.only()), of.except().stream());
    }

    private void codes(Catalogue catalogue, List<? extends Condition> conditions, List<YamlSection> sections) {
        for (var i = 0; i < conditions.size(); i++) {
            var section = sections.get(i);
            switch (conditions.get(i)) {
                case Requirement held -> codes(catalogue, held.kind().key(), held.anyOf(), section);
                case Condition.Designation(var codes) -> codes(catalogue, "designation", codes, section);
                case Condition.Points points ->
                    code(catalogue, "points", points.area(), section, Finding.Code.UNKNOWN_AREA);
                case Condition.Measure measure ->
                    code(catalogue, "measure", measure.code(), section, Finding.Code.UNKNOWN_MEASURE);
                case Condition.AnyOf(var choices) -> codes(catalogue, choices, section.sections("any-of"));
                case Condition.OpenTo _,
                        Condition.FirstSale _,
                        Condition.ActivelyReselling _,
                        Condition.TrailingRevenue _ -> {}
            }
        }
    }

    private void codes(Catalogue catalogue, String kind, Set<String> codes, YamlSection section) {
        new TreeSet<>(codes).forEach(code -> code(catalogue, kind, code, section, Finding.Code.UNKNOWN_CODE));
    }

    private void code(Catalogue catalogue, String kind, String code, YamlSection section, Finding.Code finding) {
        var known = catalogue.codes().get(kind);
        if (known != null && !known.contains(code)) {
            find(finding, section.line(), Map.of("kind", kind, "code", code));
        }
    }

    /** What is asked twice is asked once, and the other may have been meant otherwise. */
    private void askedTwice(List<Condition> conditions, List<YamlSection> sections, Set<String> seen) {
        for (var i = 0; i < conditions.size(); i++) {
            var written = Condition.written(conditions.get(i));
            if (!seen.add(written)) {
                find(Finding.Code.SAME_CONDITION_TWICE, sections.get(i).line(), Map.of("condition", written));
            }
            if (conditions.get(i) instanceof Condition.AnyOf(var choices)) {
                askedTwice(choices, sections.get(i).sections("any-of"), new HashSet<>());
            }
        }
    }

    private void values(Catalogue catalogue, Lever lever, Map<Selection.Attribute, Set<String>> attributes, int line) {
        attributes.forEach((attribute, values) -> {
            var things = catalogue.things().getOrDefault(attribute.side(), Set.of());
            for (var value : new TreeSet<>(values)) {
                if (!things.isEmpty()
                        && things.stream()
                                .noneMatch(thing ->
                                        thing.getOrDefault(attribute, Set.of()).contains(value))) {
                    find(
                            Finding.Code.UNKNOWN_VALUE,
                            line,
                            Map.of("lever", lever.id(), "attribute", attribute.key(), "value", value));
                }
            }
        });
    }

    /** As far as this side alone decides. */
    private static boolean selects(Selection of, Selection.Side side, Map<Selection.Attribute, Set<String>> thing) {
        return of.only().entrySet().stream()
                        .filter(entry -> entry.getKey().side() == side)
                        .allMatch(entry -> hasOne(thing, entry))
                && of.except().stream()
                        .noneMatch(except -> except.entrySet().stream()
                                .allMatch(entry -> entry.getKey().side() == side && hasOne(thing, entry)));
    }

    private static boolean hasOne(
            Map<Selection.Attribute, Set<String>> thing, Map.Entry<Selection.Attribute, Set<String>> wanted) {
        return thing.getOrDefault(wanted.getKey(), Set.of()).stream().anyMatch(wanted.getValue()::contains);
    }

    private static Map<String, Object> with(Map<String, Object> arguments, String key, Object value) {
        var more = new HashMap<>(arguments);
        more.put(key, value);
        return Map.copyOf(more);
    }
}
