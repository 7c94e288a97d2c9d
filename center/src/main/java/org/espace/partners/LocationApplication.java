package org.espace.partners;

import java.time.Instant;
import java.util.Optional;
import org.espace.web.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A location that a partner asks for. Until it is verified it has no number, so it can neither join a program nor sell.
 *
 * @param location what it has become, once accepted
 */
public record LocationApplication(
        int id,
        PartnerId partner,
        String name,
        LocationType type,
        Address address,
        String contactName,
        String contactEmail,
        Instant askedAt,
        String askedBy,
        @Nullable LocationId location) {

    private static final int LONGEST_NAME = 200;

    static LocationApplication read(PartnerId partner, Fields fields, String by, Instant now) {
        var name = fields.needed("name", LONGEST_NAME);
        Optional<LocationType> type = LocationType.of(fields.needed("type", 40));
        if (type.isEmpty()) {
            fields.fault("type", "choice");
        }
        return new LocationApplication(
                0,
                partner,
                name,
                type.orElse(LocationType.INDIRECT_RESELLER),
                Address.read(fields),
                fields.needed("contact-name", LONGEST_NAME),
                fields.email("contact-email"),
                now,
                by,
                null);
    }
}
