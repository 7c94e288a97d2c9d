package org.espace.enrollment;

import java.util.Locale;

/** How far a location has come with a program, by what has happened last. */
public enum Stage {
    NONE,
    INVITED,
    DECLINED,
    WITHDRAWN,
    EXPIRED,
    ACCEPTED,
    ENROLLED,
    LEFT,
    ENDED;

    /** As messages write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether something is under way, so that nothing new begins beside it. */
    boolean isLive() {
        return switch (this) {
            case INVITED, ACCEPTED, ENROLLED -> true;
            case NONE, DECLINED, WITHDRAWN, EXPIRED, LEFT, ENDED -> false;
        };
    }
}
