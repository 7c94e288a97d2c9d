package org.espace.audit;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What somebody looks for in the book, as the address says it. Without days it is the last month.
 *
 * @param path of the page
 * @param today the day that the last month ends with
 */
public record EntriesQuery(String path, LocalDate today, Map<String, String> typed) {

    private static final List<String> KNOWN = List.of("by", "action", "subject", "organization", "from", "to", "page");
    private static final int LAST_PAGE = 1_000_000;

    public EntriesQuery {
        var known = new LinkedHashMap<String, String>();
        for (var key : KNOWN) {
            var value = typed.get(key);
            if (value != null && !value.isBlank()) {
                known.put(key, value.strip());
            }
        }
        typed = known;
    }

    /** What stands in the field: what was typed, or what holds when nothing is. */
    public String field(String key) {
        return typed.getOrDefault(
                key,
                switch (key) {
                    case "from" -> today.minusMonths(1).toString();
                    case "to" -> today.toString();
                    default -> "";
                });
    }

    /** The first field that cannot be read; null where all can. */
    public @Nullable String fault() {
        if (day("from").isEmpty()) {
            return "from";
        }
        return day("to").filter(to -> !to.isBefore(day("from").orElseThrow())).isEmpty() ? "to" : null;
    }

    private Optional<LocalDate> day(String key) {
        try {
            return Optional.of(LocalDate.parse(field(key))).filter(day -> day.getYear() > 0 && day.getYear() < 10_000);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** From the first day's beginning to the last one's end; empty where a field cannot be read. */
    Optional<EntryFilter> filter(@Nullable PartnerId partner, ZoneId zone) {
        return fault() != null
                ? Optional.empty()
                : Optional.of(new EntryFilter(
                        partner,
                        field("by"),
                        field("action"),
                        field("subject"),
                        day("from").orElseThrow().atStartOfDay(zone).toInstant(),
                        day("to").orElseThrow().plusDays(1).atStartOfDay(zone).toInstant()));
    }

    public int page() {
        try {
            return Math.clamp(Integer.parseInt(field("page")), 0, LAST_PAGE);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    public String page(int number) {
        return address(path, Map.of("page", Integer.toString(number)));
    }

    public String csv() {
        return address(path + ".csv", Map.of());
    }

    private String address(String target, Map<String, String> more) {
        var parts = new LinkedHashMap<>(typed);
        parts.remove("page");
        parts.putAll(more);
        var address = UriComponentsBuilder.fromPath(target);
        parts.keySet().forEach(key -> address.queryParam(key, "{" + key + "}"));
        return address.encode().buildAndExpand(parts).toUriString();
    }
}
