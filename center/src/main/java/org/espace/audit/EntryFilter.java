package org.espace.audit;

import java.time.Instant;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to show.
 *
 * @param partner null for those of everybody
 * @param by a part of who did it; empty for everybody
 * @param action a code; empty for all of them
 * @param subject a part of what it was done to; empty for everything
 * @param until the first moment that no longer counts
 */
record EntryFilter(
        @Nullable PartnerId partner, String by, String action, String subject, Instant from, Instant until) {}
