package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;

/** That whoever holds a session has lately proved who they are: an open session alone changes no password and reveals no account. */
public final class Proof {

    private static final String GIVEN = "access.proof";
    private static final Duration LASTS = Duration.ofMinutes(30);

    private Proof() {}

    public static void give(HttpServletRequest request, Instant now) {
        request.getSession().setAttribute(GIVEN, now);
    }

    public static boolean isFresh(HttpServletRequest request, Instant now) {
        var session = request.getSession(false);
        return session != null
                && session.getAttribute(GIVEN) instanceof Instant given
                && now.isBefore(given.plus(LASTS));
    }

    /** Where it is given, with the page that follows. */
    public static String path(String next) {
        return "/account/confirmation?next=" + next;
    }
}
