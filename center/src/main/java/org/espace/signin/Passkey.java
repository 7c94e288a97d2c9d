package org.espace.signin;

import java.time.Instant;

/**
 * What its owner sees of it.
 *
 * @param id the credential's id, in Base64 for addresses
 */
public record Passkey(String id, String label, Instant setUpAt, Instant lastUsedAt) {}
