package org.espace.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a location takes part in the vendor's business. */
public enum LocationType {
    DIRECT_RESELLER,
    INDIRECT_PROVIDER,
    INDIRECT_RESELLER;

    /** As feeds and tables write it: indirect-reseller. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<LocationType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code().equals(code)).findFirst();
    }
}
