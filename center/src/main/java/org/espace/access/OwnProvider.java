package org.espace.access;

/** The upper room that knows how an organization signs its people in. */
public interface OwnProvider {

    /** Whether only their organization's provider opens their account: no password, no passkey, no link in a mail. */
    boolean closesPasswords(SignedIn user);
}
