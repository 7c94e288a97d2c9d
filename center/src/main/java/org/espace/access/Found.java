package org.espace.access;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * One page of the users that were looked for.
 *
 * @param total of all pages
 * @param number of this page, from 1
 * @param states how many are in each, of the whole organization
 * @param administrators how many global administrators, or operators, can sign in
 */
public record Found(
        Desk desk,
        String text,
        @Nullable Role role,
        User.@Nullable State state,
        List<User> users,
        int total,
        int number,
        Map<User.State, Integer> states,
        int administrators) {

    static final int PAGE_SIZE = 50;

    public int pages() {
        return Math.max(1, (total + PAGE_SIZE - 1) / PAGE_SIZE);
    }

    public int everybody() {
        return states.values().stream().mapToInt(Integer::intValue).sum();
    }

    public boolean isNarrowed() {
        return !text.isEmpty() || role != null || state != null;
    }

    public @Nullable String previous() {
        return number > 1 ? href(desk.path(), number - 1) : null;
    }

    public @Nullable String next() {
        return number < pages() ? href(desk.path(), number + 1) : null;
    }

    public String export() {
        return href(desk.path() + ".csv", 1);
    }

    private String href(String path, int page) {
        var address = UriComponentsBuilder.fromPath(path);
        if (!text.isEmpty()) {
            address.queryParam("q", "{q}");
        }
        if (role != null) {
            address.queryParam("role", role.code());
        }
        if (state != null) {
            address.queryParam("state", state.code());
        }
        if (page > 1) {
            address.queryParam("page", page);
        }
        return address.encode().buildAndExpand(Map.of("q", text)).toString();
    }
}
