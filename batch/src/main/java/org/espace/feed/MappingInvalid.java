package org.espace.feed;

/** A mapping that cannot be used. The message names the line and what would be allowed there. */
public final class MappingInvalid extends RuntimeException {

    MappingInvalid(int line, String message) {
        super("line " + line + ": " + message);
    }
}
