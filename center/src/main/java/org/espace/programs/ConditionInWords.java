package org.espace.programs;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.espace.terms.Condition;
import org.espace.terms.Requirement;
import org.espace.web.Page;

/** What a location must meet, as a phrase in the reader's language. */
public final class ConditionInWords {

    private ConditionInWords() {}

    public static String of(Condition condition, Page page) {
        return switch (condition) {
            case Condition.OpenTo(var types, var countries) ->
                Stream.of(
                                types.isEmpty() ? "" : codes(page, "open-to", types),
                                countries.isEmpty()
                                        ? ""
                                        : page.t("condition.open-in", Map.of("countries", page.countries(countries))))
                        .filter(part -> !part.isEmpty())
                        .collect(joining(" · "));
            case Requirement(var kind, var anyOf, var level) -> {
                var what = codes(page, kind.key(), anyOf);
                yield level == null
                        ? what
                        : page.t("promise.at-level", Map.of("what", what, "level", page.t("level." + level)));
            }
            case Condition.Designation(var anyOf) -> codes(page, "designation", anyOf);
            case Condition.Points(var area, var atLeast) ->
                page.worded("condition", "points", Map.of("area", area, "atLeast", atLeast));
            case Condition.AnyOf(var conditions) ->
                conditions.stream().map(choice -> of(choice, page)).collect(joining(page.t("condition.or")));
            case Condition.FirstSale() -> page.t("condition.first-sale");
            case Condition.ActivelyReselling(var days) -> page.t("condition.actively-reselling", Map.of("days", days));
            case Condition.TrailingRevenue revenue -> trailing(revenue, page);
            case Condition.Measure(var code, var atLeast) ->
                page.worded("condition", "measure", Map.of("code", code, "atLeast", atLeast));
        };
    }

    private static String codes(Page page, String key, Collection<String> codes) {
        return page.t("condition." + key, Map.of("codes", page.words(codes)));
    }

    private static String trailing(Condition.TrailingRevenue revenue, Page page) {
        var whose = switch (revenue.of()) {
            case LOCATION -> "condition.trailing-revenue";
            case PARTNER -> "condition.trailing-revenue-of-partner";
        };
        var what = page.t(whose, Map.of("days", revenue.days(), "atLeast", page.money(revenue.atLeast())));
        return revenue.onceMetStays() ? what + page.t("condition.once-met") : what;
    }
}
