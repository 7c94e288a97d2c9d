package org.espace.payees;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** What partners of the tests hand in. Numbers are published examples. */
final class Handed {

    static final String IBAN = "FR1420041010050500013M02606";
    static final Map<String, String> BANK = Map.of(
            "profile-name", "Main account",
            "country", "FR",
            "sheet", "bank-transfer",
            "currency", "EUR",
            "holder", "Brisolane S.A.S.",
            "iban", "FR14 2004 1010 0505 0001 3M02 606",
            "bic", "PSSTFRPPPAR");
    static final String VAT = "FR44732829320";
    static final Map<String, String> TAX =
            Map.of("country", "FR", "sheet", "vat", "holder", "Brisolane SAS", "vat", VAT);

    private Handed() {}

    static Map<String, String> with(Map<String, String> typed, String... pairs) {
        var changed = new HashMap<>(typed);
        for (int i = 0; i < pairs.length; i += 2) {
            changed.put(pairs[i], pairs[i + 1]);
        }
        return changed;
    }

    static InputStream nothing() {
        return InputStream.nullInputStream();
    }

    static InputStream pdf() {
        return new ByteArrayInputStream("%PDF-1.4\n%%EOF\n".getBytes(US_ASCII));
    }
}
