package org.espace.eligibility;

import static java.util.stream.Collectors.toCollection;
import static org.espace.eligibility.Answer.State.MET;
import static org.espace.eligibility.Answer.State.NOT_MET;
import static org.espace.eligibility.Answer.State.NOT_YET_KNOWN;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espace.money.Money;
import org.espace.sales.DaySum;
import org.espace.terms.Condition;
import org.espace.terms.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * How a location stands to conditions on a day: arithmetic on what is known, without a clock or a database. What happens
 * after the day is not looked at. What several conditions ask of its sales is added up once.
 */
final class Question {

    private final Known known;
    private final LocalDate day;
    private final Map<Trailing, Turnover> turnovers = new HashMap<>();
    private @Nullable NavigableSet<LocalDate> soldOn;

    Question(Known known, LocalDate day) {
        this.known = known;
        this.day = day;
    }

    static Answer answer(Condition condition, Known known, LocalDate day) {
        return new Question(known, day).answer(condition);
    }

    Answer answer(Condition condition) {
        return switch (condition) {
            case Condition.OpenTo open -> openTo(open);
            case Requirement requirement -> holds(requirement);
            case Condition.Designation designation -> designation(designation);
            case Condition.Points points -> points(points);
            case Condition.AnyOf choice -> anyOf(choice);
            case Condition.FirstSale sale -> firstSale(sale);
            case Condition.ActivelyReselling active -> active(active);
            case Condition.TrailingRevenue revenue -> trailing(revenue);
            case Condition.Measure measure -> measure(measure);
        };
    }

    private Answer openTo(Condition.OpenTo open) {
        var here = known.location();
        if (!open.partnerTypes().isEmpty() && !open.partnerTypes().contains(here.type())) {
            return new Answer(open, NOT_MET, "other-type", Map.of("type", here.type()), null);
        }
        if (!open.countries().isEmpty() && !open.countries().contains(here.country())) {
            return new Answer(open, NOT_MET, "other-country", Map.of("country", here.country()), null);
        }
        return new Answer(open, MET, "open", Map.of(), null);
    }

    // --- what is held ------------------------------------------------------------------------------------------------

    private Answer holds(Requirement requirement) {
        var fitting = known.holdings().stream()
                .filter(holding -> holding.kind() == requirement.kind()
                        && requirement.anyOf().contains(holding.code()))
                .toList();
        var enough = fitting.stream()
                .filter(holding -> isEnough(holding.level(), requirement.level()))
                .map(holding -> new Span(holding.code(), holding.since(), holding.until()))
                .toList();
        var lower = fitting.stream()
                .filter(holding -> !isEnough(holding.level(), requirement.level()))
                .filter(holding -> new Span(holding.code(), holding.since(), holding.until()).contains(day))
                .findFirst();
        return lower.filter(_ -> enough.stream().noneMatch(span -> span.contains(day)))
                .map(holding -> new Answer(
                        requirement, NOT_MET, "level-too-low", Map.of("code", holding.code()), holding.since()))
                .orElseGet(() -> held(requirement, enough));
    }

    private static boolean isEnough(@Nullable String held, @Nullable String asked) {
        return asked == null || (held != null && Requirement.LEVELS.indexOf(held) >= Requirement.LEVELS.indexOf(asked));
    }

    /** A feed knows no designations: what it says under competencies counts as well. */
    private Answer designation(Condition.Designation designation) {
        var spans = new ArrayList<Span>();
        known.designations().stream()
                .filter(attained -> designation.anyOf().contains(attained.code()))
                .forEach(attained -> spans.add(new Span(attained.code(), attained.since(), attained.until())));
        known.holdings().stream()
                .filter(holding -> holding.kind() == Requirement.Kind.COMPETENCY
                        && designation.anyOf().contains(holding.code()))
                .forEach(holding -> spans.add(new Span(holding.code(), holding.since(), holding.until())));
        return held(designation, spans);
    }

    /** Half-open, as holdings are. */
    private record Span(
            String code, LocalDate since, @Nullable LocalDate until) {

        boolean contains(LocalDate day) {
            return !day.isBefore(since) && (until == null || day.isBefore(until));
        }

        boolean isOverBy(LocalDate day) {
            return until != null && !day.isBefore(until);
        }
    }

    /** One span that contains the day is enough; those that it continues without a gap say since when. */
    private Answer held(Condition condition, List<Span> spans) {
        var now = spans.stream().filter(span -> span.contains(day)).findFirst();
        if (now.isPresent()) {
            var since = now.get().since();
            for (var before = reaching(spans, since); before.isPresent(); before = reaching(spans, since)) {
                since = before.get().since();
            }
            return new Answer(condition, MET, "held", Map.of("code", now.get().code()), since);
        }
        var over = spans.stream()
                .filter(span -> span.isOverBy(day) && span.since().isBefore(span.until()))
                .max(Comparator.comparing(Span::until));
        if (over.isPresent()) {
            return new Answer(
                    condition,
                    NOT_MET,
                    "ended",
                    Map.of("code", over.get().code()),
                    over.get().until());
        }
        return spans.stream()
                .filter(span -> span.since().isAfter(day))
                .min(Comparator.comparing(Span::since))
                .map(next -> new Answer(
                        condition,
                        NOT_MET,
                        "begins-later",
                        Map.of("code", next.code(), "begins", next.since().toString()),
                        null))
                .orElseGet(() -> new Answer(condition, NOT_MET, "never-held", Map.of(), null));
    }

    /** A span that begins before the day, and lasts until then at least. */
    private static Optional<Span> reaching(List<Span> spans, LocalDate since) {
        return spans.stream()
                .filter(span -> span.since().isBefore(since)
                        && (span.until() == null || !span.until().isBefore(since)))
                .findFirst();
    }

    // --- numbers -----------------------------------------------------------------------------------------------------

    private Answer points(Condition.Points condition) {
        var points = known.points().get(condition.area());
        if (points == null) {
            return new Answer(condition, NOT_MET, "no-score", Map.of("area", condition.area()), null);
        }
        var evidence = Map.of(
                "points", points.toPlainString(), "atLeast", condition.atLeast().toPlainString());
        return points.compareTo(condition.atLeast()) >= 0
                ? new Answer(condition, MET, "enough-points", evidence, null)
                : new Answer(condition, NOT_MET, "too-few-points", evidence, null);
    }

    private Answer measure(Condition.Measure condition) {
        Measure last = null;
        LocalDate since = null;
        for (var measure : known.measures()) {
            if (measure.code().equals(condition.code()) && !measure.day().isAfter(day)) {
                if (last == null || isEnough(last, condition) != isEnough(measure, condition)) {
                    since = measure.day();
                }
                last = measure;
            }
        }
        if (last == null) {
            return new Answer(condition, NOT_YET_KNOWN, "no-measure", Map.of("code", condition.code()), null);
        }
        var evidence = Map.of(
                "code", condition.code(),
                "value", last.value().toPlainString(),
                "day", last.day().toString(),
                "atLeast", condition.atLeast().toPlainString());
        return isEnough(last, condition)
                ? new Answer(condition, MET, "enough", evidence, since)
                : new Answer(condition, NOT_MET, "too-little", evidence, since);
    }

    private static boolean isEnough(Measure measure, Condition.Measure condition) {
        return measure.value().compareTo(condition.atLeast()) >= 0;
    }

    // --- sales -------------------------------------------------------------------------------------------------------

    /** The days up to the one asked about on which more was sold than taken back. */
    private NavigableSet<LocalDate> soldOn() {
        if (soldOn == null) {
            soldOn = known.sold().stream()
                    .filter(sum -> sum.amount().signum() > 0 && !sum.day().isAfter(day))
                    .map(DaySum::day)
                    .collect(toCollection(TreeSet::new));
        }
        return soldOn;
    }

    private Answer firstSale(Condition.FirstSale condition) {
        var sold = soldOn();
        return sold.isEmpty()
                ? nothingSold(condition)
                : new Answer(condition, MET, "sold", Map.of("day", sold.first().toString()), sold.first());
    }

    private static Answer nothingSold(Condition condition) {
        return new Answer(condition, NOT_MET, "nothing-sold", Map.of(), null);
    }

    private Answer active(Condition.ActivelyReselling condition) {
        var sold = soldOn();
        if (sold.isEmpty()) {
            return nothingSold(condition);
        }
        var last = sold.last();
        var evidence = Map.of("day", last.toString(), "days", Integer.toString(condition.days()));
        var ends = last.plusDays(condition.days());
        if (!day.isBefore(ends)) {
            return new Answer(condition, NOT_MET, "not-sold-lately", evidence, ends);
        }
        var since = last;
        for (var before = sold.lower(since);
                before != null && !before.plusDays(condition.days()).isBefore(since);
                before = sold.lower(since)) {
            since = before;
        }
        return new Answer(condition, MET, "sold-lately", evidence, since);
    }

    /** Whose sales are added up, over how many days, and in which currency: thresholds alone make no difference. */
    private record Trailing(Condition.Of of, int days, Currency currency) {}

    private Answer trailing(Condition.TrailingRevenue condition) {
        var trailing = new Trailing(
                condition.of(), condition.days(), condition.atLeast().currency());
        return new Threshold(condition).answer(turnovers.computeIfAbsent(trailing, this::turnover));
    }

    private Turnover turnover(Trailing trailing) {
        var sums = switch (trailing.of()) {
            case LOCATION -> known.sold();
            case PARTNER -> known.soldByPartner();
        };
        return Turnover.of(sums, trailing.days(), trailing.currency().getCurrencyCode(), known.rates(), day);
    }

    /**
     * Looks at each day from the first sale on, so that the answer says since when it has been so, and whether it ever was
     * met.
     */
    private static final class Threshold {

        private final Condition.TrailingRevenue condition;

        private Answer.State state = NOT_MET;
        private @Nullable LocalDate since;
        private @Nullable LocalDate onceMet;

        Threshold(Condition.TrailingRevenue condition) {
            this.condition = condition;
        }

        Answer answer(Turnover turnover) {
            turnover.days().forEach(this::take);
            var amount = turnover.amount();
            var evidence = new TreeMap<String, String>(Map.of(
                    "amount",
                    money(amount, RoundingMode.FLOOR),
                    "atLeast",
                    condition.atLeast().toString(),
                    "days",
                    "" + condition.days()));
            if (state == NOT_MET) {
                evidence.put("missing", money(condition.atLeast().amount().subtract(amount), RoundingMode.CEILING));
            }
            var unknown = turnover.lastUnknown();
            if (unknown != null) {
                evidence.put("currency", unknown.currency());
                evidence.put("day", unknown.day().toString());
            }
            if (onceMet != null) {
                evidence.put("onceMet", onceMet.toString());
            }
            var reason = switch (state) {
                case MET -> "enough-sold";
                case NOT_MET -> "too-little-sold";
                case NOT_YET_KNOWN -> "no-rate";
            };
            return new Answer(
                    condition, state, reason, Map.copyOf(evidence), since, condition.onceMetStays() ? onceMet : null);
        }

        private void take(Turnover.Day on) {
            var now = on.unknown() > 0
                    ? NOT_YET_KNOWN
                    : on.amount().compareTo(condition.atLeast().amount()) >= 0 ? MET : NOT_MET;
            if (now != state) {
                state = now;
                since = on.day();
            }
            if (now == MET && onceMet == null) {
                onceMet = on.day();
            }
        }

        /** What is a fraction of a cent below never reads as reached. */
        private String money(BigDecimal exact, RoundingMode mode) {
            var currency = condition.atLeast().currency();
            return new Money(exact.setScale(currency.getDefaultFractionDigits(), mode), currency).toString();
        }
    }

    // --- choices -----------------------------------------------------------------------------------------------------

    private Answer anyOf(Condition.AnyOf choice) {
        var answers = choice.conditions().stream().map(this::answer).toList();
        if (answers.stream().anyMatch(answer -> answer.state() == MET)) {
            return new Answer(choice, MET, "one-met", Map.of(), since(answers, MET, false));
        }
        if (answers.stream().anyMatch(answer -> answer.state() == NOT_YET_KNOWN)) {
            return new Answer(choice, NOT_YET_KNOWN, "none-known-met", Map.of(), since(answers, NOT_YET_KNOWN, false));
        }
        return new Answer(choice, NOT_MET, "none-met", Map.of(), since(answers, NOT_MET, true));
    }

    /** The first, or the last, day since which an answer in that state is so; null when one was never otherwise. */
    static @Nullable LocalDate since(List<Answer> answers, Answer.State state, boolean last) {
        LocalDate found = null;
        for (var answer : answers) {
            var since = answer.since();
            if (answer.state() == state) {
                if (since == null && !last) {
                    return null;
                }
                if (since != null && (found == null || since.isAfter(found) == last)) {
                    found = since;
                }
            }
        }
        return found;
    }
}
