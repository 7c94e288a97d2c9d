package org.espace.terms;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how the revenue and the quantity of a group become an amount. */
final class FormulaReader {

    static final List<String> KEYS = List.of("rate", "per-unit", "fixed", "tiers", "smallest-of", "largest-of");

    private static final int DEEPEST = 3;

    private final Currency currency;

    FormulaReader(Currency currency) {
        this.currency = currency;
    }

    Optional<Lever.Formula> read(YamlSection section) {
        return read(section, 1);
    }

    private Optional<Lever.Formula> read(YamlSection section, int depth) {
        var found = new ArrayList<Lever.Formula>();
        payment(section).ifPresent(found::add);
        section.section("tiers").flatMap(this::tiers).ifPresent(found::add);
        parts(section, "smallest-of", depth).map(Lever.Smallest::new).ifPresent(found::add);
        parts(section, "largest-of", depth).map(Lever.Largest::new).ifPresent(found::add);
        if (KEYS.stream().filter(section::has).count() != 1) {
            section.problem(section.line(), Wrong.ONE_FORMULA);
        }
        return found.stream().findFirst();
    }

    private Optional<Lever.Formula> payment(YamlSection section) {
        return Stream.of(
                        section.optional("rate", Written::rate).<Lever.Formula>map(Lever.Flat::new),
                        section.optional("per-unit", text -> Written.money(text, currency))
                                .<Lever.Formula>map(Lever.PerUnit::new),
                        section.optional("fixed", text -> Written.money(text, currency))
                                .<Lever.Formula>map(Lever.Fixed::new))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<List<Lever.Formula>> parts(YamlSection section, String key, int depth) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        if (depth >= DEEPEST) {
            section.ask(key);
            section.problemAt(key, Wrong.FORMULAS_TOO_DEEP);
            return Optional.empty();
        }
        var parts = new ArrayList<Lever.Formula>();
        var sections = section.sections(key);
        sections.forEach(part -> read(part, depth + 1).ifPresent(parts::add));
        if (sections.size() < 2) {
            section.problem(section.lineOf(key), Wrong.TWO_FORMULAS, "key", key);
        }
        return parts.size() == sections.size() ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }

    private Optional<Lever.Formula> tiers(YamlSection tiers) {
        var kind = tiers.required("kind", text -> switch (text) {
            case "marginal", "retroactive" -> text;
            default -> throw new Unwritten(Wrong.TIERS_KIND);
        });
        var measure = tiers.optional("measure", text -> Written.oneOf(Lever.Measure.class, text))
                .orElse(Lever.Measure.REVENUE);
        var marginal = kind.filter("marginal"::equals).isPresent();
        var steps = steps(tiers, measure, marginal);
        if (kind.isEmpty() || steps.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(marginal ? new Lever.Marginal(measure, steps) : new Lever.Retroactive(measure, steps));
    }

    private List<Lever.Step> steps(YamlSection tiers, Lever.Measure measure, boolean marginal) {
        var steps = new ArrayList<Lever.Step>();
        for (var section : tiers.sections("steps")) {
            var from = section.required("from", text -> switch (measure) {
                case REVENUE ->
                    text.equals("0") ? 0 : Written.money(text, currency).minor();
                case QUANTITY -> Written.quantity(text);
            });
            var pays = payment(section);
            if (Stream.of("rate", "per-unit", "fixed").filter(section::has).count() != 1) {
                section.problem(section.line(), Wrong.STEP_PAYS);
            }
            if (from.isEmpty() || pays.isEmpty()) {
                continue;
            }
            if (marginal) {
                refuseWhatNoPartPays(section, measure);
            }
            if (!steps.isEmpty() && steps.getLast().from() >= from.get()) {
                section.problem(section.line(), "steps-not-rising", Wrong.STEP_NOT_RISING);
            }
            steps.add(new Lever.Step(from.get(), pays.get()));
        }
        if (steps.isEmpty()) {
            tiers.problem(tiers.line(), Wrong.NO_STEPS);
        }
        return List.copyOf(steps);
    }

    private static void refuseWhatNoPartPays(YamlSection step, Lever.Measure measure) {
        var senseless = switch (measure) {
            case REVENUE -> "per-unit";
            case QUANTITY -> "rate";
        };
        if (step.has(senseless)) {
            step.problem(
                    step.lineOf(senseless), Wrong.STEP_PAYS_NO, "measure", Written.word(measure), "key", senseless);
        }
    }
}
