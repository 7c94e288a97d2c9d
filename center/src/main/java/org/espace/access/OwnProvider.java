package org.espace.access;

import java.util.Optional;
import org.espace.web.LocalPath;

/** The upper room that knows how an organization signs its people in. */
public interface OwnProvider {

    /** Whether only their organization's provider opens their account: no password, no passkey, no link in a mail. */
    boolean closesPasswords(SignedIn user);

    /** Where the provider asks somebody again whom it has let in before, and leads on from; empty for anybody else. */
    Optional<String> confirmation(SignedIn user, LocalPath next);
}
