package org.espace.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.espace.customers.CustomerId;
import org.espace.earnings.EarningsFilter;
import org.espace.earnings.LineOrder;
import org.espace.earnings.Visible;
import org.espace.engine.Reason;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Which earning lines to show and in which order, as the address says it. What is empty or unknown there is left out. */
public record LinesQuery(PartnerId partner, Map<String, String> parts) {

    /** In the order in which an address names them. */
    private static final List<String> KNOWN =
            List.of("month", "program", "lever", "location", "customer", "bucket", "reason", "earning", "sort", "page");

    static final String NEWEST_FIRST = "-day";

    public LinesQuery {
        var known = new LinkedHashMap<String, String>();
        for (var key : KNOWN) {
            var value = parts.get(key);
            if (value != null && !value.isBlank()) {
                known.put(key, value.strip());
            }
        }
        parts = known;
    }

    static LinesQuery all(PartnerId partner) {
        return new LinesQuery(partner, Map.of());
    }

    public @Nullable String get(String key) {
        return parts.get(key);
    }

    public boolean has(String key, String value) {
        return value.equals(parts.get(key));
    }

    /** Another first page. An empty value leaves that side open. */
    public LinesQuery with(String key, String value) {
        var changed = new LinkedHashMap<>(parts);
        changed.remove("page");
        changed.put(key, value);
        return new LinesQuery(partner, changed);
    }

    LinesQuery page(int number) {
        return with("page", Integer.toString(number));
    }

    public String href() {
        return address("/partners/" + partner + "/earnings/lines");
    }

    /** All of these lines as a file. */
    public String export() {
        return with("page", "").address("/partners/" + partner + "/earnings/lines.csv");
    }

    /** Every side that narrows the lines down, without order and page. */
    public Map<String, String> sides() {
        var sides = new LinkedHashMap<>(parts);
        sides.keySet().removeAll(List.of("sort", "page"));
        return sides;
    }

    /** Of what the reader may see. */
    EarningsFilter filter(Visible visible) {
        return new EarningsFilter(
                visible,
                read("location", LocationId::of).orElse(null),
                get("program"),
                get("lever"),
                read("month", YearMonth::parse).orElse(null),
                read("customer", CustomerId::of).orElse(null));
    }

    LineOrder order() {
        var sort = parts.getOrDefault("sort", NEWEST_FIRST);
        var descending = sort.startsWith("-");
        var column = descending ? sort.substring(1) : sort;
        return new LineOrder(
                get("reason"),
                read("bucket", text -> constant(Reason.Bucket.class, text)).orElse(null),
                has("earning", "only"),
                constant(LineOrder.Sort.class, column),
                descending,
                pageNumber());
    }

    public int pageNumber() {
        var number = read("page", Integer::parseInt).orElse(0);
        if (number < 0) {
            throw new BadQuery("page");
        }
        return number;
    }

    private String address(String path) {
        var address = new StringBuilder(path);
        var separator = '?';
        for (var part : parts.entrySet()) {
            address.append(separator).append(part.getKey()).append('=').append(UriUtils.encode(part.getValue(), UTF_8));
            separator = '&';
        }
        return address.toString();
    }

    private <T> Optional<T> read(String key, Function<String, T> reader) {
        try {
            return Optional.ofNullable(parts.get(key)).map(reader);
        } catch (DateTimeException | NumberFormatException e) {
            throw new BadQuery(key);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadQuery(text);
        }
    }
}
