package org.espace.enrollment;

import java.util.Locale;

/** How a membership is shown to somebody, and what they can do next. */
public record Position(Status status, Next next) {

    public enum Next {
        ENROLL,
        /** Somebody who holds the right has to. */
        ASK_TO_ENROLL,
        COMPLETE_PAYMENT,
        ASK_TO_COMPLETE,
        WAIT,
        SEE_REQUIREMENTS,
        ASK_FOR_INVITATION,
        WAIT_FOR_OPENING,
        NONE;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
