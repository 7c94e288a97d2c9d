package org.espace.earnings;

import java.util.List;
import org.espace.engine.WhatNext;
import org.espace.partners.LocationId;
import org.espace.terms.Lever;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * How a location stands with a lever, and what its next sales would earn.
 *
 * @param customer of whose sales alone it speaks; null where the lever adds up those of all
 * @param prospect the figures
 */
public record NextStep(
        LocationId location,
        Terms terms,
        Lever lever,
        @Nullable String customer,
        WhatNext.Prospect prospect) {

    /** What there is to say about it, the most urgent first. */
    public List<Advice> advice() {
        return Advice.of(prospect);
    }
}
