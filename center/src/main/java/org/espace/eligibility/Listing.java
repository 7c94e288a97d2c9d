package org.espace.eligibility;

import org.espace.partners.LocationId;

/** A location stands on one of the vendor's campaign lists, or no longer does. */
public record Listing(LocationId location, String list, boolean listed) {

    record Key(LocationId location, String list) {}

    Key key() {
        return new Key(location, list);
    }
}
