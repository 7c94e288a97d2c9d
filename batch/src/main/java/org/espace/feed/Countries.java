package org.espace.feed;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** ISO 3166 codes by what feeds write: the two or three letters, or the name in English or French. */
final class Countries {

    private final Dictionary codes = new Dictionary();

    Countries(Map<String, String> vendorsOwn) {
        vendorsOwn.forEach((name, code) -> codes.put(name, pack(code)));
        for (var code : Locale.getISOCountries()) {
            var country = Locale.of("", code);
            for (var name : List.of(
                    code,
                    country.getISO3Country(),
                    country.getDisplayCountry(Locale.ENGLISH),
                    country.getDisplayCountry(Locale.FRENCH))) {
                codes.put(name, pack(code));
                codes.put(name.toUpperCase(Locale.ROOT), pack(code));
            }
        }
    }

    /** The code as a number, or {@link Dictionary#UNKNOWN}. */
    int find(Cut name) {
        return codes.find(name);
    }

    static String code(int packed) {
        return "" + (char) (packed >> 8) + (char) (packed & 0xff);
    }

    private static int pack(String code) {
        return (code.charAt(0) << 8) | code.charAt(1);
    }
}
