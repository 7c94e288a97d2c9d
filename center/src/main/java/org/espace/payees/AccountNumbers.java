package org.espace.payees;

import static org.espace.payees.CheckDigits.balances;
import static org.espace.payees.CheckDigits.isLuhn;
import static org.espace.payees.CheckDigits.isMod11And10;
import static org.espace.payees.CheckDigits.mod97;
import static org.espace.payees.CheckDigits.sum;
import static org.espace.payees.CheckDigits.value;

import java.util.stream.Collectors;

/**
 * The check digits that countries keep inside the account number of an IBAN, beside those of the IBAN itself: somebody who
 * computes an IBAN from a mistyped account number gets a good IBAN of an account that does not exist.
 *
 * <p>Sources: the IBAN Registry of SWIFT and the Register of European Account Numbers (ECBS TR201), which describe the part
 * that is called national check digits. Countries are left out where each bank has a method of its own (Germany, Sweden),
 * where the method follows from tables that change (United Kingdom), and where good accounts do not keep to it (the
 * Netherlands since postal accounts moved in; Iceland since identity numbers go without).
 */
final class AccountNumbers {

    private static final int[] SEVEN_ONE_THREE = {7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1};
    private static final int[] HUNGARIAN = {9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1};

    /** What a letter or digit at an odd place of an Italian number counts. */
    private static final int[] ITALIAN = {
        1,
        0,
        5,
        7,
        9,
        13,
        15,
        17,
        19,
        21, // 0 to 9
        1,
        0,
        5,
        7,
        9,
        13,
        15,
        17,
        19,
        21,
        2,
        4,
        18,
        20,
        11,
        3,
        6,
        8,
        12,
        14,
        16,
        10,
        22,
        25,
        24,
        23 // A to Z
    };

    private AccountNumbers() {}

    /** Whether the account number keeps to its country's rule; true for countries without one. */
    static boolean accepts(String iban) {
        var number = iban.substring(4);
        return switch (iban.substring(0, 2)) {
            case "AL" -> balances(number, 10, 9, 7, 3, 1, 9, 7, 3, 1);
            case "BA", "ME", "MK", "PT", "RS", "SI", "TL", "XK" -> mod97(number) == 1;
            case "BE" -> isBelgian(number);
            case "CZ", "SK" ->
                balances(number.substring(4), 11, 10, 5, 8, 4, 2, 1)
                        && balances(number.substring(10), 11, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1);
            case "EE" -> balances(number.substring(2), 10, SEVEN_ONE_THREE);
            case "ES" -> isSpanish(number);
            case "FI" -> isLuhn(number);
            case "FR", "MC", "MR", "TN" -> mod97(onlyDigits(number)) == 0;
            case "HR" -> isMod11And10(number.substring(0, 7)) && isMod11And10(number.substring(7));
            case "HU" -> balances(number, 10, 9, 7, 3, 1, 9, 7, 3, 1) && balances(number.substring(8), 10, HUNGARIAN);
            case "IT", "SM" -> italianLetter(number.substring(1)) == number.charAt(0);
            case "NO" -> isNorwegian(number);
            case "PL" -> balances(number, 10, 3, 9, 7, 1, 3, 9, 7, 1);
            default -> true;
        };
    }

    /** The first ten digits modulo 97; a remainder of 0 is written 97. */
    private static boolean isBelgian(String number) {
        var rest = mod97(number.substring(0, 10));
        return (rest == 0 ? 97 : rest) == Integer.parseInt(number.substring(10));
    }

    /** Dígitos de control: the first for bank and branch, the second for the account. */
    private static boolean isSpanish(String number) {
        return spanish(sum(number, 4, 8, 5, 10, 9, 7, 3, 6)) == value(number, 8)
                && spanish(sum(number.substring(10), 1, 2, 4, 8, 5, 10, 9, 7, 3, 6)) == value(number, 9);
    }

    private static int spanish(int sum) {
        var digit = (11 - sum % 11) % 11;
        return digit == 10 ? 1 : digit;
    }

    /** Clé RIB: a letter counts as a digit, A and J as 1, B, K and S as 2, and so on to I, R and Z as 9. */
    private static String onlyDigits(String number) {
        return number.chars()
                .mapToObj(letter -> letter <= '9'
                        ? Character.toString(letter)
                        : Integer.toString(letter < 'S' ? (letter - 'A') % 9 + 1 : letter - 'S' + 2))
                .collect(Collectors.joining());
    }

    /** The letter that checks an account (CIN), and a person's codice fiscale too. */
    static char italianLetter(String number) {
        var sum = 0;
        for (int i = 0; i < number.length(); i++) {
            var value = value(number, i);
            sum += i % 2 == 0 ? ITALIAN[value] : value < 10 ? value : value - 10;
        }
        return (char) ('A' + sum % 26);
    }

    /** Modulo 11; what were accounts of the post office, which begin with 0000, keep to Luhn. */
    private static boolean isNorwegian(String number) {
        return balances(number, 11, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
                || (number.startsWith("0000") && isLuhn(number.substring(4)));
    }
}
