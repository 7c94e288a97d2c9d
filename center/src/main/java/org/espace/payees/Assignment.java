package org.espace.payees;

import java.time.Instant;
import org.espace.partners.LocationId;

/** To which bank profile one earning type of a program goes, for one location. */
record Assignment(
        LocationId location, String program, EarningType type, int profile, Instant assignedAt, String assignedBy) {}
