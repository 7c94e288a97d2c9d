package org.espace.access;

import java.time.Instant;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A list of people who become users of one partner at once.
 *
 * @param name the file's, or what the list is called
 * @param rows how many can become users
 * @param refused how many rows of the file cannot
 * @param created how many are users by now, new ones
 * @param granted how many were users of the partner before, and got the roles
 * @param taken how many are somebody's elsewhere, so that nothing was done
 * @param mailed how many have been mailed their temporary password
 * @param savedAt since when its rows become users; null while it is only looked at
 * @param handedAt when the temporary passwords were handed out
 */
public record Roster(
        int id,
        PartnerId partner,
        String name,
        int rows,
        int refused,
        int created,
        int granted,
        int taken,
        int mailed,
        Instant madeAt,
        String madeBy,
        @Nullable Instant savedAt,
        @Nullable String savedBy,
        @Nullable Handing handing,
        @Nullable Instant finishedAt,
        @Nullable Instant handedAt,
        @Nullable String handedBy) {

    /** Creating and mailing each count, where it is mailed. */
    public int percent() {
        var done = created + granted + taken;
        if (finishedAt != null || rows == 0) {
            return 100;
        }
        return handing == Handing.MAIL
                ? (int) (100L * (done + mailed) / (rows + Math.max(created, rows - granted - taken)))
                : (int) (100L * done / rows);
    }

    public int done() {
        return created + granted + taken;
    }

    public boolean isFinished() {
        return finishedAt != null;
    }
}
