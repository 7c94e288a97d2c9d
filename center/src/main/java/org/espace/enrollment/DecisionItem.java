package org.espace.enrollment;

import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/**
 * One location of a decision.
 *
 * @param named its number as it was listed
 * @param location null where there is no such location
 * @param obstacle why nothing would change, or could not any more, as a code
 * @param settled whether its turn has come
 */
public record DecisionItem(
        int number,
        String named,
        @Nullable LocationId location,
        @Nullable String obstacle,
        boolean settled) {}
