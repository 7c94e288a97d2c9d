package org.espace.signin;

import java.util.Locale;
import org.espace.access.EmailAddress;

/** What somebody types as the address of an account. */
final class Account {

    private Account() {}

    /** In the one form that we compare, also where it is no address at all: it is counted and looked up all the same. */
    static String address(String typed) {
        return EmailAddress.find(typed)
                .map(EmailAddress::value)
                .orElseGet(() -> typed.strip().toLowerCase(Locale.ROOT));
    }
}
