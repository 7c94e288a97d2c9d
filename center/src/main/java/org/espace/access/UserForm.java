package org.espace.access;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/** Reads what a form says about a user, and remembers what is wrong with each field, as a message key. */
final class UserForm {

    private final Typed typed;
    private final Map<String, String> faults = new LinkedHashMap<>();

    UserForm(Typed typed) {
        this.typed = typed;
    }

    Map<String, String> faults() {
        return faults;
    }

    boolean isFaulty() {
        return !faults.isEmpty();
    }

    void fault(String field, String message) {
        faults.put(field, message);
    }

    Optional<EmailAddress> email() {
        try {
            return Optional.of(new EmailAddress(typed.text("email")));
        } catch (EmailAddressRefused refused) {
            fault("email", "address." + refused.code());
            return Optional.empty();
        }
    }

    Optional<PersonName> name() {
        var name = PersonName.find(typed.text("first"), typed.text("last"));
        if (name.isEmpty()) {
            fault("last", "users.fault.name");
        }
        return name;
    }

    @Nullable
    String language() {
        var language = typed.text("language");
        return Set.of("en", "fr").contains(language) ? language : null;
    }

    /** @param places where the roles can hold; anything else was not on the form */
    WantedRoles roles(Places places, boolean required) {
        var roles = EnumSet.noneOf(Role.class);
        for (var code : typed.all("roles")) {
            Role.find(code).ifPresentOrElse(roles::add, () -> fault("roles", "users.fault.roles"));
        }
        if (roles.isEmpty() && required) {
            fault("roles", "users.fault.roles");
        }
        var wanted = new WantedRoles(roles, location(places), program(places));
        if (!wanted.tooWide().isEmpty()) {
            fault("roles", wanted.program() != null ? "users.fault.by-program" : "users.fault.by-location");
        }
        return wanted;
    }

    private @Nullable LocationId location(Places places) {
        var text = typed.text("location");
        if (text.isEmpty()) {
            return null;
        }
        return places.locations().keySet().stream()
                .filter(id -> id.toString().equals(text))
                .findFirst()
                .map(LocationId::new)
                .orElseGet(() -> {
                    fault("location", "users.fault.location");
                    return null;
                });
    }

    private @Nullable String program(Places places) {
        var code = typed.text("program");
        if (code.isEmpty()) {
            return null;
        }
        if (!places.programs().containsKey(code)) {
            fault("program", "users.fault.program");
            return null;
        }
        return code;
    }
}
