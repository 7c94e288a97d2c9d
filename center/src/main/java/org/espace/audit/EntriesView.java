package org.espace.audit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of the book.
 *
 * @param organizations names by partner; empty on a partner's own page
 * @param actions every kind of act to choose from
 * @param whole whether the entries are those of everybody
 */
public record EntriesView(
        EntriesQuery query,
        List<Link> links,
        int count,
        int pages,
        List<String> actions,
        Map<Integer, String> organizations,
        boolean whole) {

    public @Nullable String organization(Entry entry) {
        return entry.partner() == null
                ? null
                : organizations.getOrDefault(entry.partner(), entry.partner().toString());
    }

    public int number() {
        return Math.min(query.page(), pages - 1);
    }

    public @Nullable String previous() {
        return number() == 0 ? null : query.page(number() - 1);
    }

    public @Nullable String next() {
        return number() + 1 >= pages ? null : query.page(number() + 1);
    }
}
