package org.espace.enrollment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened between a location and a program.
 *
 * @param year the first day of the program's year that it belongs to
 * @param round which beginning within that year: what has ended may begin again
 * @param day until when an invitation can be accepted (half-open), or as of when the rest counts
 * @param reason a code, where it happened by itself
 * @param note what whoever did it has written
 */
public record Step(
        PartnerId partner,
        LocationId location,
        String program,
        LocalDate year,
        int round,
        Kind kind,
        LocalDate day,
        @Nullable String reason,
        @Nullable String note,
        Instant at,
        String by) {

    public enum Kind {
        INVITED(Stage.INVITED),
        REMINDED(null),
        /** The invitation can be accepted until a later day. */
        PROLONGED(Stage.INVITED),
        WITHDRAWN(Stage.WITHDRAWN),
        EXPIRED(Stage.EXPIRED),
        DECLINED(Stage.DECLINED),
        ACCEPTED(Stage.ACCEPTED),
        ENROLLED(Stage.ENROLLED),
        /** Enrolled from an earlier day on. */
        BACK_DATED(Stage.ENROLLED),
        /** Rolled over into the program's next year. */
        RENEWED(Stage.ENROLLED),
        /** Told that the enrollment ends with the year unless something is done. */
        WARNED(null),
        LEFT(Stage.LEFT),
        ENDED(Stage.ENDED);

        private final @Nullable Stage stage;

        Kind(@Nullable Stage stage) {
            this.stage = stage;
        }

        /** As tables and messages write it: back-dated. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** Null where the step changes nothing of how they stand. */
        @Nullable
        Stage stage() {
            return stage;
        }
    }
}
