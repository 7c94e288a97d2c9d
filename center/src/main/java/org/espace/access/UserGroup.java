package org.espace.access;

import java.util.List;
import org.espace.partners.PartnerId;

/** Users of one partner who hold the same roles. */
public record UserGroup(int id, PartnerId partner, String name, List<Grant> grants, int members) {

    public UserGroup {
        grants = List.copyOf(grants);
    }
}
