package org.espace;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A command that only holds others, and none of them was named. */
final class Misused extends ParameterException {

    private static final long serialVersionUID = 1;

    private Misused(CommandLine command) {
        super(command, "one of its commands must be named");
    }

    static Misused toChoose(CommandLine command) {
        return new Misused(command);
    }
}
