package org.espace.partners;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A further number under which a location transacts. Half-open: {@code until} is the first day that no longer counts. */
public record TransactingId(
        int id,
        LocationId location,
        String number,
        LocalDate since,
        @Nullable LocalDate until) {}
