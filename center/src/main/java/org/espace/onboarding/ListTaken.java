package org.espace.onboarding;

import java.util.List;
import org.espace.access.RosterFault;

/**
 * What has become of a vendor's list.
 *
 * @param organizations one entry for each that the file names
 * @param faults what is wrong with the rows that were not taken
 */
public record ListTaken(List<Organization> organizations, List<RosterFault> faults) {

    public ListTaken {
        organizations = List.copyOf(organizations);
        faults = List.copyOf(faults);
    }

    /**
     * One organization of the file.
     *
     * @param added how many people are on its list now that were not before
     * @param known how many were on it before
     * @param told who gets the mail; empty where nobody could be told, or the set-up is over
     */
    public record Organization(String number, String name, int added, int known, String told, SetUp.State state) {}

    public long refused() {
        return faults.stream().mapToInt(RosterFault::number).distinct().count();
    }
}
