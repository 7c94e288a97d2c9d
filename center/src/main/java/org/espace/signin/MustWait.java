package org.espace.signin;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords for this account from this source: the password was not even looked at. */
class MustWait extends AuthenticationException {

    private static final long serialVersionUID = 1;

    private final long minutes;

    MustWait(Duration wait) {
        super("must wait");
        this.minutes = minutes(wait);
    }

    long minutes() {
        return minutes;
    }

    /** Rounded up: whoever waits that long has waited enough. */
    static long minutes(Duration wait) {
        return wait.plusSeconds(59).toMinutes();
    }
}
