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
    /** ISO 13616: shape by country, and check digits; those of the national account number inside it too. */
    IBAN,
    /** ISO 9362. */
    BIC,
    /** Routing number of the American Bankers Association: weights 3, 7, 1. */
    ABA,
    /** The check digits of {@link TaxNumbers}. */
    TAX_NUMBER,
    /** By the rules of {@code partners/countries.csv}; the European Union's with their check digits. */
    VAT;

    static Check of(String code) {
        return code.isEmpty() ? NONE : valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static boolean hasIbans(String country) {
        return Optional.ofNullable(CountryCode.getByCode(country))
                .filter(IbanUtil::isSupportedCountry)
                .isPresent();
    }

    boolean accepts(String value, String country) {
        return switch (this) {
            case NONE, CHOICE, TENANT -> true;
            case IBAN -> passes(() -> IbanUtil.validate(value)) && AccountNumbers.accepts(value);
            case BIC -> passes(() -> BicUtil.validate(value));
            case ABA -> !value.matches("0*") && CheckDigits.balances(value, 10, 3, 7, 1, 3, 7, 1, 3, 7, 1);
            case TAX_NUMBER -> TaxNumbers.accepts(country, value);
            case VAT -> Countries.acceptsNumber(country, Registration.Kind.VAT, value);
        };
    }

    /** A good number of another country. Accounts of France's territories overseas have French IBANs and BICs of their own. */
    Optional<String> mismatch(String value, String country) {
        return switch (this) {
            case IBAN -> value.startsWith(country) ? Optional.empty() : Optional.of("iban-country");
            case BIC ->
                value.startsWith(country, 4) || country.equals("FR") ? Optional.empty() : Optional.of("bic-country");
            case NONE, CHOICE, TENANT, ABA, TAX_NUMBER, VAT -> Optional.empty();
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
}
