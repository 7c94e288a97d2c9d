package org.espace.agreements;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.espace.partners.LocationType;

/** What an agreement is about, and who signs one of the kind. */
public enum AgreementKind {
    NETWORK_MEMBERSHIP(EnumSet.allOf(LocationType.class)),
    RESELLER(EnumSet.of(LocationType.DIRECT_RESELLER)),
    CLOUD_DISTRIBUTOR(EnumSet.of(LocationType.INDIRECT_PROVIDER)),
    PARTNER_AGREEMENT(EnumSet.allOf(LocationType.class));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that cannot be changed
    private final Set<LocationType> signedBy;

    AgreementKind(Set<LocationType> signedBy) {
        this.signedBy = Set.copyOf(signedBy);
    }

    /** As terms, tables and addresses write it: network-membership. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<AgreementKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** A partner without any location may sign what everybody signs. */
    boolean isFor(Collection<LocationType> types) {
        return signedBy.size() == LocationType.values().length || types.stream().anyMatch(signedBy::contains);
    }
}
