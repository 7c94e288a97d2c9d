package org.espace.payees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * What of a partner's locations its payment page shows, as an address says it: which ones, and which page of either table.
 *
 * @param text in the name or number of a location
 * @param standing null for all of them
 * @param programs the page of the programs in which locations are paid, from 0
 * @param taxes the page of the tax profiles, from 0
 */
public record PaymentQuery(
        PartnerId partner, String text, @Nullable PayeeStanding standing, int programs, int taxes) {

    static final int PAGE_SIZE = 50;

    /** Whatever is not understood asks for nothing in particular. */
    static PaymentQuery of(PartnerId partner, Map<String, String> asked) {
        return new PaymentQuery(
                partner,
                asked.getOrDefault("q", "").strip(),
                Arrays.stream(PayeeStanding.values())
                        .filter(standing -> standing.code().equals(asked.get("state")))
                        .findFirst()
                        .orElse(null),
                QueueQuery.page(asked.getOrDefault("programs", "0")),
                QueueQuery.page(asked.getOrDefault("taxes", "0")));
    }

    /**
     * One page of a table.
     *
     * @param found how many rows there are on all pages
     * @param number of this page, from 0; the last one where a later one was asked for
     */
    public record Part<T>(List<T> rows, int found, int number) {

        static <T> Part<T> of(List<T> all, int page) {
            var number = Math.min(page, Math.max(0, (all.size() - 1) / PAGE_SIZE));
            var from = number * PAGE_SIZE;
            return new Part<>(
                    List.copyOf(all.subList(from, Math.min(all.size(), from + PAGE_SIZE))), all.size(), number);
        }

        public int pages() {
            return Math.max(1, (found + PAGE_SIZE - 1) / PAGE_SIZE);
        }
    }

    public boolean isFiltered() {
        return !text.isEmpty() || standing != null;
    }

    boolean finds(Location location) {
        var wanted = text.toLowerCase(Locale.ROOT);
        return location.name().toLowerCase(Locale.ROOT).contains(wanted)
                || location.number().toLowerCase(Locale.ROOT).contains(wanted);
    }

    boolean finds(PayeeStanding one) {
        return standing == null || standing == one;
    }

    /** Null where there is no such page. */
    public @Nullable String programs(Part<?> part, int step) {
        return href(part, step, part.number() + step, taxes, "programs");
    }

    /** Null where there is no such page. */
    public @Nullable String taxes(Part<?> part, int step) {
        return href(part, step, programs, part.number() + step, "taxes");
    }

    private @Nullable String href(Part<?> part, int step, int ofPrograms, int ofTaxes, String anchor) {
        var number = part.number() + step;
        return number < 0 || number >= part.pages()
                ? null
                : path() + "?q=" + URLEncoder.encode(text, UTF_8) + "&state="
                        + (standing == null ? "" : standing.code()) + "&programs=" + ofPrograms + "&taxes=" + ofTaxes
                        + "#" + anchor;
    }

    public String path() {
        return "/partners/" + partner + "/payment";
    }
}
