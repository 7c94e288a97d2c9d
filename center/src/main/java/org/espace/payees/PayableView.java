package org.espace.payees;

import java.util.Map;
import org.espace.partners.LocationId;

/**
 * A program in which a location wants to be paid, as pages list it.
 *
 * @param program its code, and what it is called
 * @param banks the name of the bank profile by earning type, of those that have one
 */
public record PayableView(
        LocationId location,
        String locationName,
        String program,
        String programName,
        Map<EarningType, String> banks,
        PayeeStanding standing) {}
