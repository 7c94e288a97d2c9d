package org.espace.sales;

import java.time.Instant;

/** A file that was taken in. */
public record Load(
        int id,
        String file,
        String mapping,
        Instant at,
        String by,
        long received,
        long accepted,
        long duplicates,
        long corrections,
        long refused) {}
