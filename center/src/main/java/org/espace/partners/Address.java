package org.espace.partners;

import org.espace.web.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is to be found.
 *
 * @param region a state, province or emirate; some countries cannot do without
 * @param country ISO 3166, two letters
 */
public record Address(
        String street,
        @Nullable String postalCode,
        String city,
        @Nullable String region,
        String country) {

    static final int LONGEST_STREET = 200;
    static final int LONGEST_POSTAL_CODE = 20;
    static final int LONGEST_CITY = 100;
    static final int LONGEST_REGION = 100;

    /** From the fields street, postal-code, city, region and country, by what the country asks for. */
    static Address read(Fields fields) {
        var address = new Address(
                fields.needed("street", LONGEST_STREET),
                fields.optional("postal-code", LONGEST_POSTAL_CODE),
                fields.needed("city", LONGEST_CITY),
                fields.optional("region", LONGEST_REGION),
                fields.needed("country", 2));
        if (!Countries.isKnown(address.country())) {
            fields.fault("country", "country");
        } else {
            if (address.region() == null && Countries.needsRegion(address.country())) {
                fields.fault("region", "region");
            }
            if (!Countries.acceptsPostalCode(address.country(), address.postalCode())) {
                fields.fault("postal-code", address.postalCode() == null ? "missing" : "postal-code");
            }
        }
        return address;
    }
}
