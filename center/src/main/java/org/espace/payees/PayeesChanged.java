package org.espace.payees;

import java.util.Collection;
import java.util.Set;
import org.espace.partners.LocationId;

/** Something that decides whether these locations can be paid has changed: published in the transaction that changes it. */
public record PayeesChanged(Collection<LocationId> locations) {

    public PayeesChanged {
        locations = Set.copyOf(locations);
    }
}
