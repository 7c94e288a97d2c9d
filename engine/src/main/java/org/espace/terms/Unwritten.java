package org.espace.terms;

import java.util.Map;

/** A value cannot be read, and this is why. */
final class Unwritten extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    final Wrong wrong;

    final transient Map<String, Object> arguments;

    Unwritten(Wrong wrong, Object... namesAndValues) {
        this(wrong, TermsInvalid.arguments(namesAndValues));
    }

    private Unwritten(Wrong wrong, Map<String, Object> arguments) {
        super(wrong.text(arguments));
        this.wrong = wrong;
        this.arguments = arguments;
    }
}
