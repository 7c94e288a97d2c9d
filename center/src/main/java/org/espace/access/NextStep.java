package org.espace.access;

import org.espace.web.Right;

/** What still stands between somebody who has given a password and the pages; one step at a time. */
public enum NextStep {
    GIVE_SECOND_FACTOR("/second-factor", Right.GIVE_SECOND_FACTOR),
    CHOOSE_PASSWORD("/password", Right.CHOOSE_PASSWORD),
    SET_UP_SECOND_FACTOR("/second-factor/set-up", Right.SET_UP_SECOND_FACTOR);

    private final String path;
    private final Right right;

    NextStep(String path, Right right) {
        this.path = path;
        this.right = right;
    }

    public String path() {
        return path;
    }

    boolean needs(Right wanted) {
        return wanted == right;
    }
}
