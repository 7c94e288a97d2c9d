package org.espace.earnings;

import java.util.regex.Pattern;

/** What an earning line is about: one sale of a location, under one lever of a program. */
record LineKey(int location, long seq, int program, int lever) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,18})-(\\d{1,5})-(\\d{1,5})");

    /** Throws {@link LineNotFound} when the text is no key. */
    static LineKey of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new LineNotFound(text);
        }
        return new LineKey(
                Integer.parseInt(parts.group(1)),
                Long.parseLong(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4)));
    }
}
