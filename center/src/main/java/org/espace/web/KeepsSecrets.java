package org.espace.web;

import java.util.function.IntConsumer;

/**
 * A place in the database that keeps sealed values: after a change of the key it seals them again, so that the old key can
 * be taken away. Whatever room calls {@link Secrets#seal} and stores the outcome has one; {@code SecretsRotationTest} says so.
 */
public interface KeepsSecrets {

    /** What they are, for whoever watches, such as {@code sealing.mail-secrets}: the words after the dot are shown. */
    String what();

    /** How many an older key has sealed that is still in the file. */
    int countOld();

    /**
     * Seals those again. May be interrupted anywhere and called again, beside others that read and write the same values.
     *
     * @param done hears how many are, after each few of them
     * @return how many were, and how many did not open and stay as they are
     */
    Done sealAgain(IntConsumer done);

    record Done(int sealed, int unreadable) {

        static final Done NOTHING = new Done(0, 0);

        Done plus(Done other) {
            return new Done(sealed + other.sealed, unreadable + other.unreadable);
        }
    }
}
