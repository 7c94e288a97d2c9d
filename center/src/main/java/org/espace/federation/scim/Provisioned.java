package org.espace.federation.scim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the directory says of a user beyond what we keep of everybody.
 *
 * @param attributes the resource as it was sent, as JSON, without what is kept elsewhere
 */
record Provisioned(int user, String userName, @Nullable String externalId, String attributes, Instant changed) {}
