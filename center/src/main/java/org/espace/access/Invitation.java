package org.espace.access;

import java.time.Instant;
import java.util.List;
import org.espace.partners.PartnerId;

/** Somebody who may make themselves a user of a partner. */
public record Invitation(
        int id, PartnerId partner, EmailAddress email, List<Grant> grants, String by, Instant at, Instant expires) {

    public Invitation {
        grants = List.copyOf(grants);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(expires);
    }
}
