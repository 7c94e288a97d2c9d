package org.espace.demo;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in to the demo.
 *
 * @param role the role's code, such as {@code incentives-user}
 * @param temporaryPassword null once they have chosen their own
 */
public record DemoAccount(
        String email, String role, @Nullable String temporaryPassword) {}
