package org.espace.payees;

import com.ibm.icu.text.Transliterator;
import java.util.regex.Pattern;

/** Names of companies as banks compare them: without capitals, accents and punctuation, so that S.A.S. is SAS. */
final class LegalName {

    private static final Transliterator PLAIN = Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");
    private static final Pattern WITHIN_FORMS = Pattern.compile("['.’]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9&]+");

    private LegalName() {}

    static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        var letters = WITHIN_FORMS.matcher(PLAIN.transliterate(name)).replaceAll("");
        return BETWEEN_WORDS.matcher(letters).replaceAll(" ").strip();
    }
}
