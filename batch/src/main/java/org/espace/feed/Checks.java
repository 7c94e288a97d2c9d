package org.espace.feed;

import org.jspecify.annotations.Nullable;

/** What any text must be like before it is kept. */
final class Checks {

    static final int LONGEST_NUMBER = 120;
    static final int LONGEST_NAME = 200;
    static final int LONGEST_ATTRIBUTE = 40;
    static final int LONGEST_LINE_ID = 200;

    private Checks() {}

    /** Null when the text may be kept as it is. */
    static @Nullable Code text(Cut cut, int longest) {
        if (cut.length() <= longest && cut.isPlain()) {
            return null;
        }
        var text = cut.text();
        if (text.indexOf('\ufffd') >= 0) {
            return Code.WRONG_ENCODING;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return Code.CONTROL_CHARACTER;
        }
        return text.length() > longest ? Code.TOO_LONG : null;
    }

    /** As {@link #text}, for what names a thing: a spreadsheet's formula does not. */
    static @Nullable Code identifier(Cut cut, int longest) {
        return cut.first() == '=' ? Code.FORMULA : text(cut, longest);
    }
}
