package org.espace.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espace.earnings.EarningLine;
import org.espace.earnings.LineOrder;
import org.espace.earnings.LinePage;
import org.jspecify.annotations.Nullable;

/**
 * A page of earning lines.
 *
 * @param chips what narrows the lines down without a choice of its own on the page
 * @param unit the currency of every figure; null when there are several
 */
public record LinesView(
        LinesQuery query,
        List<Choice> choices,
        List<Chip> chips,
        List<Row> rows,
        long count,
        List<LinePage.Sum> totals,
        @Nullable String unit) {

    /** One side by which the lines can be narrowed down. */
    public record Choice(String key, List<Option> options) {}

    /** @param worded whether the name is a reason's code, to be put into words */
    public record Option(String value, String name, boolean worded) {}

    public record Chip(String key, String name) {}

    public record Row(EarningLine line, String lever, String href) {}

    /** @param sorted as the head of a table says it to screen readers; null when the column cannot be sorted by */
    public record Head(
            String key,
            boolean figure,
            @Nullable String href,
            @Nullable String sorted,
            @Nullable String unit) {}

    public String home() {
        return "/partners/" + query.partner() + "/earnings";
    }

    public String action() {
        return home() + "/lines";
    }

    /** What the form must carry along, since none of its fields shows it. */
    public Map<String, String> kept() {
        var kept = new LinkedHashMap<>(query.parts());
        kept.remove("page");
        choices.forEach(choice -> kept.remove(choice.key()));
        return kept;
    }

    public List<Head> heads() {
        return List.of(
                head("day", false, "-day"),
                head("customer", false, "customer"),
                head("product", false, "product"),
                new Head("lever", false, null, null, null),
                new Head("reason", false, null, null, null),
                head("basis", true, "-basis"),
                new Head("rebate", true, null, null, unit),
                new Head("coop", true, null, null, unit),
                head("amount", true, "-amount"));
    }

    /** The first click sorts as one mostly wants it, the next the other way round. */
    private Head head(String key, boolean figure, String first) {
        var now = query.parts().getOrDefault("sort", LinesQuery.NEWEST_FIRST);
        var other = first.startsWith("-") ? key : "-" + key;
        var href = query.with("sort", first.equals(now) ? other : first).href();
        var sorted = ("-" + key).equals(now) ? "descending" : key.equals(now) ? "ascending" : null;
        return new Head(key, figure, href, sorted, figure ? unit : null);
    }

    public int pages() {
        return Math.toIntExact(Math.ceilDiv(count, (long) LineOrder.PAGE_SIZE));
    }

    public boolean isWhole() {
        return pages() <= 1;
    }

    public long first() {
        return (long) query.pageNumber() * LineOrder.PAGE_SIZE + 1;
    }

    public long last() {
        return first() + rows.size() - 1;
    }

    public @Nullable String previous() {
        return query.pageNumber() == 0
                ? null
                : query.page(query.pageNumber() - 1).href();
    }

    public @Nullable String next() {
        return last() >= count ? null : query.page(query.pageNumber() + 1).href();
    }
}
