package org.espace.federation.scim;

import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.authorize.Authorization;
import java.util.Map;
import java.util.Set;
import org.espace.access.Machine;
import org.espace.partners.PartnerId;

/** A request of one organization's directory: it reaches that organization's users and nobody else's. */
class Asking extends Context {

    private final PartnerId partner;
    private final String by;
    private final boolean patches;

    Asking(Machine machine, boolean patches) {
        super(new Known(machine.name()));
        this.partner = machine.partner().orElseThrow();
        this.by = machine.name();
        this.patches = patches;
    }

    static Asking of(Context context) {
        return (Asking) context;
    }

    /** Who is asking was known before the protocol is spoken. */
    private record Known(String name) implements Authorization {

        @Override
        public String getClientId() {
            return name;
        }

        @Override
        public Set<String> getClientRoles() {
            return Set.of();
        }

        @Override
        public boolean authenticate(Map<String, String> httpHeaders, Map<String, String> queryParams) {
            return true;
        }
    }

    PartnerId partner() {
        return partner;
    }

    String by() {
        return by;
    }

    boolean patches() {
        return patches;
    }
}
