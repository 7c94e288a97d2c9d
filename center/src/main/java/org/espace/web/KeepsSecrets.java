package org.espace.web;

/** A room that keeps sealed values: after a change of the key it seals them again, so that the old key can be taken away. */
public interface KeepsSecrets {

    /** May be interrupted anywhere and called again. */
    int sealAgain();
}
