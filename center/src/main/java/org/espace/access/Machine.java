package org.espace.access;

import java.util.Optional;
import java.util.Set;
import org.espace.partners.PartnerId;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;

/**
 * A system that asks for itself, with a credential of its own and never with a person's password.
 *
 * @param name which one, as the book of acts writes it
 * @param organization the partner that it belongs to; null for one of the vendor, which asks for every partner
 */
public record Machine(String name, @Nullable Integer organization, Set<Right> rights) implements Caller {

    private static final long serialVersionUID = 1;

    public Machine {
        rights = Set.copyOf(rights);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean may(Right right) {
        return rights.contains(right);
    }

    @Override
    public boolean may(Right right, PartnerId partner) {
        return may(right) && (organization == null || organization == partner.value());
    }

    @Override
    public Scope scope(Right right, PartnerId partner) {
        return may(right, partner) ? Scope.EVERYTHING : Scope.NOTHING;
    }

    @Override
    public Optional<PartnerId> partner() {
        return Optional.ofNullable(organization).map(PartnerId::new);
    }

    @Override
    public @Nullable NextStep owes() {
        return null;
    }
}
