package org.espace.dashboard;

import java.util.List;
import org.espace.feed.Intake;
import org.espace.sales.Load;
import org.espace.sales.RefusedRow;
import org.jspecify.annotations.Nullable;

/**
 * A load and one page of the rows that it could not take.
 *
 * @param more whether another page follows
 */
public record LoadView(Load load, List<Intake.Total> totals, List<RefusedRow> rows, int page, boolean more) {

    public String href() {
        return "/console/loads/" + load.id();
    }

    public @Nullable String previous() {
        return page == 0 ? null : href() + "?page=" + (page - 1);
    }

    public @Nullable String next() {
        return more ? href() + "?page=" + (page + 1) : null;
    }

    public int pages() {
        return more ? page + 2 : page + 1;
    }
}
