package org.espace.access;

import java.io.Serializable;

/** Somebody who may sign in. */
public record UserId(int value) implements Serializable {

    private static final long serialVersionUID = 1;

    public static UserId of(String text) {
        return new UserId(Integer.parseInt(text));
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
