package org.espace.dashboard;

import java.util.List;
import java.util.Objects;
import org.espace.programs.PromiseInWords;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Finding;
import org.espace.terms.Terms;
import org.espace.web.Page;
import org.jspecify.annotations.Nullable;

/**
 * Terms that are being written.
 *
 * @param text as it was typed
 * @param checked the text with what is to be said about it; null before it was checked for the first time
 * @param terms null while the text is none
 * @param fingerprint of the text that was checked
 * @param inTheWay a published version that keeps this one from being published: the same one, or one of the same days
 */
public record DraftView(
        String text,
        @Nullable Listing checked,
        @Nullable Terms terms,
        String fingerprint,
        @Nullable PublishedTerms inTheWay) {

    static final DraftView EMPTY = new DraftView("", null, null, "", null);

    static DraftView of(
            String text,
            List<Finding> findings,
            @Nullable Terms terms,
            String fingerprint,
            @Nullable PublishedTerms inTheWay) {
        return new DraftView(text, Listing.of(text, findings), terms, fingerprint, inTheWay);
    }

    public boolean mayBePublished() {
        return terms != null && inTheWay == null && checked != null && checked.errors() == 0;
    }

    /** Whether what is in the way is this very version. */
    public boolean isPublished() {
        return terms != null && inTheWay != null && inTheWay.terms().version().equals(terms.version());
    }

    public PromiseInWords words(Page page) {
        return new PromiseInWords(Objects.requireNonNull(terms), page);
    }
}
