package org.espace.web;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page.
 *
 * @param user the name of whoever has signed in
 * @param organization whose data the page shows
 * @param rights what the reader may do there
 * @param acting true when that organization is not the reader's own
 */
public record Frame(
        @Nullable String user,
        @Nullable String email,
        @Nullable String organization,
        Set<Right> rights,
        boolean acting,
        List<Workspace> workspaces,
        @Nullable Instant asOf,
        @Nullable Instant nextRefresh) {

    /** Around the pages before sign-in. */
    public static final Frame BARE = new Frame(null, null, null, Set.of(), false, List.of(), null, null);

    /**
     * One entry of the navigation.
     *
     * @param name completes the message key {@code workspace.…} and the icon's name
     */
    public record Workspace(String name, String href, boolean current) {}
}
