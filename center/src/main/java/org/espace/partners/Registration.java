package org.espace.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.espace.web.Fields;

/**
 * The number under which a country knows a company.
 *
 * @param number as it was typed, in capital letters
 */
public record Registration(String country, Kind kind, String number) {

    private static final int LONGEST_NUMBER = 40;

    public enum Kind {
        /** In the register of companies. */
        COMPANY,
        /** For value added tax, or what a country has in its place. */
        VAT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }

    static Registration read(Fields fields) {
        var country = fields.needed("country", 2);
        var kind = Kind.of(fields.needed("kind", 20));
        var number = fields.needed("number", LONGEST_NUMBER).toUpperCase(Locale.ROOT);
        if (!Countries.isKnown(country)) {
            fields.fault("country", "country");
        }
        if (kind.isEmpty()) {
            fields.fault("kind", "choice");
        }
        if (!number.isEmpty()
                && kind.isPresent()
                && Countries.isKnown(country)
                && !Countries.acceptsNumber(country, kind.get(), number)) {
            fields.fault("number", kind.get() == Kind.VAT ? "vat-number" : "company-number");
        }
        return new Registration(country, kind.orElse(Kind.COMPANY), number);
    }
}
