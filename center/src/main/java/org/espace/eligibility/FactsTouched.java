package org.espace.eligibility;

import java.util.Collection;
import org.espace.partners.LocationId;

/** Something was learned here of these locations; told in the transaction that keeps it. */
record FactsTouched(Collection<LocationId> locations) {}
