package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Whoever changes somebody may give and take each of their roles, or nobody would be safe from their own administrators. */
@ResponseStatus(HttpStatus.FORBIDDEN)
public class RoleNotYours extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Role role;

    RoleNotYours(Role role) {
        super("may not give the role of " + role.code());
        this.role = role;
    }

    Role role() {
        return role;
    }
}
