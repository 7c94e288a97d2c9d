package org.espace.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has open.
 *
 * @param key names the session without opening it
 * @param visit null when nothing has been asked for since the sign-in
 */
public record OpenSession(String key, @Nullable Visit visit, Instant since, Instant lastSeen, boolean current) {}
