package org.espace.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.money.Money;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Lever;
import org.espace.terms.Terms;
import org.espace.web.Crumb;
import org.espace.web.Page;
import org.springframework.web.util.UriComponentsBuilder;

/** Terms as published, and the page that led to them. */
public record TermsView(PublishedTerms published, Crumb back) {

    public static String href(String path, String program, String version) {
        return UriComponentsBuilder.fromPath(path)
                .pathSegment(program, version)
                .encode()
                .build()
                .toUriString();
    }

    /** What a lever pays, a sentence for each tier. */
    public List<String> pays(Lever lever, Page page) {
        return switch (lever.formula()) {
            case Lever.Flat flat -> List.of(page.worded("terms", "flat", Map.of("rate", flat.rate())));
            case Lever.PerUnit unit -> List.of(page.worded("terms", "per-unit", Map.of("amount", unit.amount())));
            case Lever.Marginal tiers -> tiers("marginal", lever.scope(), tiers.steps(), tiers.measure(), page);
            case Lever.Retroactive tiers -> tiers("retroactive", lever.scope(), tiers.steps(), tiers.measure(), page);
            case Lever.Fixed _, Lever.Smallest _, Lever.Largest _ ->
                List.of(lever.formula().toString());
        };
    }

    public String cap(Lever.Limit cap, Page page) {
        return page.worded(
                "terms",
                "cap",
                Map.of(
                        "amount",
                        cap.amount(),
                        "per",
                        word(cap.scope().per()),
                        "period",
                        word(cap.scope().span())));
    }

    private List<String> tiers(
            String kind, Lever.Scope scope, List<Lever.Step> steps, Lever.Measure measure, Page page) {
        var sentences = new ArrayList<String>();
        sentences.add(page.worded("terms", kind, Map.of("per", word(scope.per()), "period", word(scope.span()))));
        for (var step : steps) {
            sentences.add(page.worded(
                    "terms", "tier", Map.of("from", begin(step, measure), "rate", ((Lever.Flat) step.pays()).rate())));
        }
        return sentences;
    }

    private Object begin(Lever.Step step, Lever.Measure measure) {
        Terms terms = published.terms();
        return switch (measure) {
            case REVENUE -> Money.ofMinor(step.from(), terms.currency());
            case QUANTITY -> step.from() / 1_000_000;
        };
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
