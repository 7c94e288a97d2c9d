package org.espace.payees;

import java.util.Locale;
import java.util.Optional;
import org.espace.partners.Countries;
import org.espace.partners.Registration;
import org.iban4j.BicUtil;
import org.iban4j.CountryCode;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;

/** What can be known of a number without asking anybody, beyond its shape. */
public enum Check {
    NONE,
    CHOICE,
    TENANT,
    /** ISO 13616: shape by country, and check digits. */
    IBAN,
    /** ISO 9362. */
    BIC,
    /** Routing number of the American Bankers Association: weights 3, 7, 1. */
    ABA,
    /** ISO/IEC 7812: Canada's business numbers. */
    LUHN,
    /** Australian Business Number: weights, modulo 89. */
    ABN,
    /** By the rules of {@code partners/countries.csv}; the European Union's with their check digits. */
    VAT;

    private static final int[] ABN_WEIGHTS = {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};

    static Check of(String code) {
        return code.isEmpty() ? NONE : valueOf(code.toUpperCase(Locale.ROOT));
    }

    static boolean hasIbans(String country) {
        return Optional.ofNullable(CountryCode.getByCode(country))
                .filter(IbanUtil::isSupportedCountry)
                .isPresent();
    }

    boolean accepts(String value, String country) {
        return switch (this) {
            case NONE, CHOICE, TENANT -> true;
            case IBAN -> passes(() -> IbanUtil.validate(value));
            case BIC -> passes(() -> BicUtil.validate(value));
            case ABA -> isRouting(value);
            case LUHN -> isLuhn(value);
            case ABN -> isAbn(value);
            case VAT -> Countries.acceptsNumber(country, Registration.Kind.VAT, value);
        };
    }

    /** A good number of another country. Accounts of France's territories overseas have French IBANs and BICs of their own. */
    Optional<String> mismatch(String value, String country) {
        return switch (this) {
            case IBAN -> value.startsWith(country) ? Optional.empty() : Optional.of("iban-country");
            case BIC ->
                value.startsWith(country, 4) || country.equals("FR") ? Optional.empty() : Optional.of("bic-country");
            case NONE, CHOICE, TENANT, ABA, LUHN, ABN, VAT -> Optional.empty();
        };
    }

    private static boolean passes(Runnable validation) {
        try {
            validation.run();
            return true;
        } catch (Iban4jException _) {
            return false;
        }
    }

    private static boolean isRouting(String digits) {
        var sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += digit(digits, i) * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
        }
        return sum > 0 && sum % 10 == 0;
    }

    private static boolean isLuhn(String digits) {
        var sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            var digit = digit(digits, digits.length() - 1 - i) * (1 + i % 2);
            sum += digit / 10 + digit % 10;
        }
        return sum > 0 && sum % 10 == 0;
    }

    private static boolean isAbn(String digits) {
        var sum = -ABN_WEIGHTS[0];
        for (int i = 0; i < digits.length(); i++) {
            sum += digit(digits, i) * ABN_WEIGHTS[i];
        }
        return sum % 89 == 0;
    }

    private static int digit(String digits, int at) {
        return Character.digit(digits.charAt(at), 10);
    }
}
