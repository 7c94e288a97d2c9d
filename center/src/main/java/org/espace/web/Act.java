package org.espace.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did: published in the transaction that does it, for the book of who did what.
 *
 * @param action what was done, as a code in the past tense such as {@code user.created}; worded by {@code act.…}
 * @param by who did it: the address of a user, or the name of a command or of a machine
 * @param partner the organization that it was done for; null where it concerns the vendor alone
 * @param customer the customer on whose behalf it was done
 * @param subject what it was done to, such as an address or a number
 * @param before what has changed, as it was; never a secret
 * @param after what has changed, as it is now; never a secret
 */
public record Act(
        String action,
        String by,
        @Nullable Integer partner,
        @Nullable Integer customer,
        String subject,
        Map<String, String> before,
        Map<String, String> after) {

    public Act {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    public static Act of(String action, String by, @Nullable Integer partner, String subject) {
        return new Act(action, by, partner, null, subject, Map.of(), Map.of());
    }

    public Act changing(Map<String, String> before, Map<String, String> after) {
        return new Act(action, by, partner, customer, subject, before, after);
    }
}
