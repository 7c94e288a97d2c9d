package org.espace.signin;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espace.access.SignedIn;
import org.springframework.stereotype.Component;

/** A password is long enough, not known from a breach, hard to guess, and typed twice alike. */
@Component
class PasswordRule {

    static final int SHORTEST = 12;
    static final int LONGEST = 100;
    private static final int SAFELY_UNGUESSABLE = 3;

    private final Zxcvbn zxcvbn = new Zxcvbn();
    private final BreachedPasswords breached;

    PasswordRule(BreachedPasswords breached) {
        this.breached = breached;
    }

    enum Weakness {
        SHORT,
        LONG,
        BREACHED,
        GUESSABLE,
        DIFFERENT
    }

    Optional<Weakness> weakness(SignedIn user, String password, String repeated) {
        if (password.length() < SHORTEST) {
            return Optional.of(Weakness.SHORT);
        }
        if (password.length() > LONGEST) {
            return Optional.of(Weakness.LONG);
        }
        if (breached.contain(password)) {
            return Optional.of(Weakness.BREACHED);
        }
        if (zxcvbn.measure(password, known(user)).getScore() < SAFELY_UNGUESSABLE) {
            return Optional.of(Weakness.GUESSABLE);
        }
        return password.equals(repeated) ? Optional.empty() : Optional.of(Weakness.DIFFERENT);
    }

    /** What somebody who knows the user would try first. */
    private static List<String> known(SignedIn user) {
        var words = new ArrayList<>(List.of("espace", "partner", "partenaire", "incentives", "rebate"));
        words.addAll(List.of(
                (user.email() + " " + user.name()).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
        return words;
    }
}
