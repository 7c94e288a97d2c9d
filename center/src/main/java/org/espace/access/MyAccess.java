package org.espace.access;

import java.util.List;
import org.espace.web.Right;

/**
 * What somebody may do, what they lack, and who can grant it.
 *
 * @param grants their roles
 * @param held what these give, in the order of the rights
 * @param lacking what they do not have, each with whom to ask
 */
public record MyAccess(SignedIn user, List<Grant> grants, Places places, List<Right> held, List<Lacking> lacking) {

    /**
     * A right that somebody lacks.
     *
     * @param roles those that give it and nothing wider, the narrowest first
     * @param granting who can give one of these roles: by name
     */
    public record Lacking(Right right, List<Role> roles, List<Person> granting) {}

    /** Whom to ask. */
    public record Person(String name, EmailAddress email) {}
}
