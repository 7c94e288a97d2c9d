package org.espace;

import org.espace.web.Worded;

/** Why a command cannot do its work, and what to do about it, in one line. */
final class Refusal extends Worded {

    private static final long serialVersionUID = 1;

    /** @param key of its words: the part after {@code command.} */
    Refusal(String key, Object... namesAndValues) {
        super("command." + key, namesAndValues);
    }
}
