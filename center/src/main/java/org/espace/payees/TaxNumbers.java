package org.espace.payees;

import static org.espace.payees.CheckDigits.balances;
import static org.espace.payees.CheckDigits.isLuhn;
import static org.espace.payees.CheckDigits.sum;
import static org.espace.payees.CheckDigits.value;

/**
 * The check digits of tax numbers that are not VAT numbers, by country, as its authority or its law publishes them. The
 * shapes stand in {@code payees/fields.csv}; a number arrives here without blanks and punctuation.
 *
 * <p>Left to their shape: Germany's Steuernummer, which every Land builds differently, and India's PAN, whose rule is not
 * public.
 */
final class TaxNumbers {

    private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String IRISH_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";

    private TaxNumbers() {}

    static boolean accepts(String country, String number) {
        return !number.matches("0+") && keepsToTheRule(country, number);
    }

    private static boolean keepsToTheRule(String country, String number) {
        return switch (country) {
            case "AT" -> isLuhn(number);
            // Australian Business Register: one less in the first place.
            case "AU" -> (sum(number, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0;
            case "BE" -> isBelgian(number);
            case "BR" -> isBrazilian(number);
            // Canada Revenue Agency: the nine digits of the business number.
            case "CA" -> isLuhn(number);
            // Ordinance on the UID, annex.
            case "CH" -> balances(number.substring(number.length() - 9), 11, 5, 4, 3, 2, 7, 6, 5, 4, 1);
            // Erhvervsstyrelsen: CVR.
            case "DK" -> balances(number, 11, 2, 7, 6, 5, 4, 3, 2, 1);
            case "ES" -> isSpanish(number);
            // Finnish Patent and Registration Office: Y-tunnus.
            case "FI" -> balances(number, 11, 7, 9, 10, 5, 8, 4, 2, 1);
            case "FR" -> isFrench(number);
            case "GB" -> isBritish(number);
            case "IE" -> isIrish(number);
            case "IT" -> isItalian(number);
            // National Tax Agency: the first digit of a corporate number.
            case "JP" -> balances(number, 9, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1);
            case "KR" -> isKorean(number);
            // Belastingdienst: RSIN and BSN (elfproef).
            case "NL" -> balances(number, 11, 9, 8, 7, 6, 5, 4, 3, 2, 10);
            // Brønnøysund registers: organisasjonsnummer.
            case "NO" -> balances(number, 11, 3, 2, 7, 6, 5, 4, 3, 2, 1);
            case "NZ" -> isOfNewZealand(number);
            case "PL" -> isPolish(number);
            case "PT" -> isPortuguese(number);
            // Bolagsverket and Skatteverket: the century, where it is written, does not count.
            case "SE" -> isLuhn(number.substring(number.length() - 10));
            default -> true;
        };
    }

    /** Royal decree of 24 June 2003: 97 less the rest of the first eight digits. */
    private static boolean isBelgian(String number) {
        return 97 - Integer.parseInt(number.substring(0, 8)) % 97 == Integer.parseInt(number.substring(8));
    }

    /** Instrução normativa RFB 2.229/2024: since 2026 letters too, which count their distance from the character 0. */
    private static boolean isBrazilian(String number) {
        return brazilian(number, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) == value(number, 12)
                && brazilian(number, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) == value(number, 13);
    }

    private static int brazilian(String number, int... weights) {
        var sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (number.charAt(i) - '0') * weights[i];
        }
        return sum % 11 < 2 ? 0 : 11 - sum % 11;
    }

    /**
     * Real Decreto 1065/2007: the NIF of persons (DNI), of foreigners (NIE) and of those without either (K, L, M) ends in a
     * letter; that of companies and other bodies in a digit or a letter.
     */
    private static boolean isSpanish(String number) {
        var first = number.charAt(0);
        var last = number.charAt(8);
        if (Character.isDigit(first)) {
            return last == SPANISH_LETTERS.charAt(Integer.parseInt(number.substring(0, 8)) % 23);
        }
        if (first >= 'X') {
            return last == SPANISH_LETTERS.charAt(Integer.parseInt((first - 'X') + number.substring(1, 8)) % 23);
        }
        var seven = number.substring(1, 8);
        if (first >= 'K' && first <= 'M') {
            return last == SPANISH_LETTERS.charAt(Integer.parseInt(seven) % 23);
        }
        for (int digit = 0; digit < 10; digit++) {
            if (isLuhn(seven + digit)) {
                return last == "JABCDEFGHI".charAt(digit) || last == (char) ('0' + digit);
            }
        }
        return last == '0' || last == 'J';
    }

    /** INSEE: SIREN and SIRET; the sites of La Poste add up to a multiple of five. DGFiP: a person's number, modulo 511. */
    private static boolean isFrench(String number) {
        return switch (number.length()) {
            case 9 -> isLuhn(number);
            case 13 -> Long.parseLong(number.substring(0, 10)) % 511 == Long.parseLong(number.substring(10));
            default -> isLuhn(number.substring(0, 9)) && (isLuhn(number) || isOfThePost(number));
        };
    }

    private static boolean isOfThePost(String number) {
        return number.startsWith("356000000")
                && number.chars().map(digit -> digit - '0').sum() % 5 == 0;
    }

    /** HMRC: the first digit of a unique taxpayer reference. */
    private static boolean isBritish(String number) {
        return "21987654321".charAt(sum(number.substring(1), 6, 7, 8, 9, 10, 5, 4, 3, 2) % 11) == number.charAt(0);
    }

    /** Revenue: tax reference and PPS numbers, with or without a second letter, which counts nine times. */
    private static boolean isIrish(String number) {
        var second = number.length() == 9 ? IRISH_LETTERS.indexOf(number.charAt(8)) : 0;
        return IRISH_LETTERS.charAt((sum(number, 8, 7, 6, 5, 4, 3, 2) + 9 * second) % 23) == number.charAt(7);
    }

    /** D.M. 23 dicembre 1976: a company's codice fiscale is its partita IVA, a person's ends in a letter. */
    private static boolean isItalian(String number) {
        return number.length() == 11
                ? isLuhn(number)
                : AccountNumbers.italianLetter(number.substring(0, 15)) == number.charAt(15);
    }

    /** National Tax Service: business registration number; of five times the ninth digit the tens are added once more. */
    private static boolean isKorean(String number) {
        var sum = sum(number, 1, 3, 7, 1, 3, 7, 1, 3, 5, 1) + value(number, 8) * 5 / 10;
        return sum % 10 == 0;
    }

    /** Inland Revenue, RWT and NRWT specification: a check digit of ten is computed anew with other weights. */
    private static boolean isOfNewZealand(String number) {
        var nine = number.length() == 8 ? "0" + number : number;
        var digit = newZealand(nine, 3, 2, 7, 6, 5, 4, 3, 2);
        return value(nine, 8) == (digit == 10 ? newZealand(nine, 7, 4, 3, 2, 5, 2, 7, 6) : digit);
    }

    private static int newZealand(String number, int... weights) {
        return (11 - sum(number, weights) % 11) % 11;
    }

    /** A company's NIP, or a person's PESEL. */
    private static boolean isPolish(String number) {
        return number.length() == 10
                ? balances(number, 11, 6, 5, 7, 2, 3, 4, 5, 6, 7, 10)
                : balances(number, 10, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1);
    }

    /** Decreto-Lei 14/2013: a check digit of ten is written 0. */
    private static boolean isPortuguese(String number) {
        return (11 - sum(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11 % 10 == value(number, 8);
    }
}
