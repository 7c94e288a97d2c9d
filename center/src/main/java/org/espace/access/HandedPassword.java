package org.espace.access;

import org.jspecify.annotations.Nullable;

/**
 * A row of a list, and the temporary password that opens its account; null where none was made: it was an account before,
 * or the password has been handed out already.
 */
public record HandedPassword(
        RosterRow row, String outcome, @Nullable TemporaryPassword temporary) {}
