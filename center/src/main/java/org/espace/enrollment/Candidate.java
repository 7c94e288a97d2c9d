package org.espace.enrollment;

import org.espace.eligibility.Eligibility;
import org.espace.eligibility.Verdict;
import org.espace.partners.Location;
import org.espace.payees.PayeeStanding;
import org.jspecify.annotations.Nullable;

/**
 * A location looked at for a program.
 *
 * @param eligibility null where nothing has been found out yet
 * @param membership null where nothing has happened yet
 * @param enrollment the one that counts today
 */
public record Candidate(
        Location location,
        Offer offer,
        @Nullable Eligibility eligibility,
        @Nullable Membership membership,
        @Nullable Enrollment enrollment,
        PayeeStanding payees) {

    public Stage stage() {
        return membership == null ? Stage.NONE : membership.stage();
    }

    public Verdict verdict() {
        return eligibility == null ? Verdict.NOT_YET_KNOWN : eligibility.verdict();
    }

    /** Whether it has to leave: what it had to reach once it has never reached. */
    boolean mustLeave() {
        return eligibility != null && !eligibility.mayStay();
    }

    /** Registered by the vendor's feed: nobody has accepted it here. */
    public boolean isFromFeed() {
        return enrollment != null && stage() != Stage.ENROLLED;
    }

    public Position position(boolean administrator) {
        return new Situation(offer.state(), offer.isConditional(), verdict(), stage(), enrollment != null, payees)
                .position(administrator);
    }

    Membership.Key key() {
        return new Membership.Key(location.id(), offer.program());
    }

    /** Whether something has happened in the program's present year. */
    boolean hasBegunThisYear() {
        return membership != null && !membership.year().isBefore(offer.year());
    }
}
