package org.espace.signin;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * What a browser sent is no proof: not ours, of another site, for another question, answered already, or of somebody
 * else. Which of these it was is not told.
 */
@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
public class PasskeyRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    PasskeyRefused() {
        super("no proof");
    }

    PasskeyRefused(Throwable why) {
        super("no proof", why);
    }
}
