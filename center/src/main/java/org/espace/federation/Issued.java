package org.espace.federation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A credential as it is listed: without the credential itself, which was shown once. */
public record Issued(
        int id,
        Instant made,
        String by,
        Instant expires,
        @Nullable Instant used) {}
