package org.espace.access;

import java.io.Serializable;
import java.security.Principal;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;

/** Whoever asks: somebody who has signed in, or a machine. */
public sealed interface Caller extends Principal, Serializable permits SignedIn, Machine {

    /** Whether something gives them the right, for whichever partner. */
    boolean may(Right right);

    boolean may(Right right, PartnerId partner);

    /** Of which locations and programs of the partner they hold the right. */
    Scope scope(Right right, PartnerId partner);

    /** The partner that they belong to; empty at the vendor. */
    Optional<PartnerId> partner();

    /** What they have to do before any page opens. */
    @Nullable NextStep owes();
}
