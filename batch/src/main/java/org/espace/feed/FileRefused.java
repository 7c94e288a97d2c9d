package org.espace.feed;

import java.util.Map;

/** A file that cannot be taken at all: nothing of it was kept. */
public final class FileRefused extends RuntimeException {

    private final Code code;
    private final Map<String, String> arguments;

    public FileRefused(Code code, Map<String, String> arguments) {
        super(code + " " + arguments);
        this.code = code;
        this.arguments = code.pick(arguments);
    }

    public Code code() {
        return code;
    }

    public Map<String, String> arguments() {
        return arguments;
    }
}
