package org.espace.partners;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A location as pages list it. */
public record LocationView(
        Location location,
        List<TransactingId> ids,
        @Nullable Closure closure) {

    static List<LocationView> of(PartnerId partner, Partners partners, Locations locations) {
        var ids = locations.transactingIds(partner);
        var closures = locations.closures(partner);
        return partners.locations(partner).stream()
                .map(location -> new LocationView(
                        location,
                        ids.stream()
                                .filter(id -> id.location().equals(location.id()))
                                .toList(),
                        closures.stream()
                                .filter(closure -> closure.location().equals(location.id()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }
}
