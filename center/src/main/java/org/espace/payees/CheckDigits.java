package org.espace.payees;

import java.util.stream.IntStream;

/** The arithmetic that check digits have in common. Whoever calls has looked at the shape: digits, or capital letters too. */
final class CheckDigits {

    private CheckDigits() {}

    /** Whether the digits, each times the weight at its place, add up to a multiple of the modulus. */
    static boolean balances(String digits, int modulus, int... weights) {
        return sum(digits, weights) % modulus == 0;
    }

    /** Over as many characters as there are weights; a letter counts what {@link #value} says. */
    static int sum(String number, int... weights) {
        return IntStream.range(0, weights.length)
                .map(at -> value(number, at) * weights[at])
                .sum();
    }

    /** ISO/IEC 7812-1, annex B: from the right every second digit counts twice, and then its digits are added. */
    static boolean isLuhn(String digits) {
        var sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            var twice = value(digits, digits.length() - 1 - i) * (1 + i % 2);
            sum += twice / 10 + twice % 10;
        }
        return sum > 0 && sum % 10 == 0;
    }

    /** The remainder of the number divided by 97, where a letter stands for two digits, A for 10. ISO/IEC 7064. */
    static int mod97(String number) {
        var rest = 0;
        for (int i = 0; i < number.length(); i++) {
            var value = value(number, i);
            rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
        }
        return rest;
    }

    /** ISO/IEC 7064, MOD 11,10. */
    static boolean isMod11And10(String digits) {
        var product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            var sum = (product + value(digits, i)) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (product + value(digits, digits.length() - 1)) % 10 == 1;
    }

    /** 0 to 9, and 10 to 35 for A to Z. */
    static int value(String number, int at) {
        return Character.digit(number.charAt(at), Character.MAX_RADIX);
    }
}
