package org.espace.dashboard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
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

    /** The columns of the control totals: what was received stands last, as the sum of the others. */
    public static final List<Intake.Bucket> BUCKETS = List.of(
            Intake.Bucket.ACCEPTED,
            Intake.Bucket.DUPLICATE,
            Intake.Bucket.CORRECTED,
            Intake.Bucket.REFUSED,
            Intake.Bucket.RECEIVED);

    /** In the order of their codes; empty stands for rows whose currency could not be read. */
    public List<String> currencies() {
        return totals.stream().map(LoadView::currency).distinct().sorted().toList();
    }

    public BigDecimal amount(String currency, Intake.Bucket bucket) {
        return totals.stream()
                .filter(total -> total.bucket() == bucket && currency(total).equals(currency))
                .map(Intake.Total::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String currency(Intake.Total total) {
        return Objects.requireNonNullElse(total.currency(), "");
    }

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
