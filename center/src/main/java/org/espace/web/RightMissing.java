package org.espace.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Somebody asked for a page that their roles do not open; the error page says which right is missing and who grants it. */
@ResponseStatus(HttpStatus.FORBIDDEN)
public class RightMissing extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Right right;

    public RightMissing(Right right) {
        super(right.name());
        this.right = right;
    }

    Right right() {
        return right;
    }
}
