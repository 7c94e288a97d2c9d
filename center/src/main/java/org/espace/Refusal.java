package org.espace;

/** Why a command cannot do its work, and what to do about it, in one line. */
final class Refusal extends RuntimeException {

    Refusal(String message) {
        super(message);
    }
}
