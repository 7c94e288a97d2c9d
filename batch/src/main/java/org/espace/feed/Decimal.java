package org.espace.feed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads exact numbers. Ordinary ones stay within a long; none ever becomes a floating-point number. */
final class Decimal {

    private static final long[] TENS = new long[19];
    static final int LONGEST = 100;

    /** No amount of anything has more digits before the point, nor does a useful one have more after it. */
    static final int MOST_DIGITS = 200;

    static {
        TENS[0] = 1;
        for (int power = 1; power < TENS.length; power++) {
            TENS[power] = TENS[power - 1] * 10;
        }
    }

    private final byte point;
    private final int grouping;
    private long unscaled;
    private int scale;
    private long scaled;
    private @Nullable BigDecimal large;

    Decimal(char point, Optional<Character> grouping) {
        this.point = (byte) point;
        this.grouping = grouping.map(c -> (int) c).orElse(-1);
    }

    /** Null when the text is a number, which the other methods then give. */
    @Nullable
    Code read(Cut cut) {
        large = null;
        unscaled = 0;
        scale = 0;
        var bytes = cut.bytes;
        int at = cut.from;
        var negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        int digits = 0;
        for (; at < cut.to && digits < 18; at++) {
            var digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            unscaled = unscaled * 10 + digit;
            digits++;
        }
        if (at < cut.to && digits > 0 && bytes[at] == point) {
            at++;
            int start = at;
            for (; at < cut.to && digits < 18; at++) {
                var digit = bytes[at] - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                unscaled = unscaled * 10 + digit;
                digits++;
            }
            scale = at - start;
        }
        if (at == cut.to && digits > 0) {
            unscaled = negative ? -unscaled : unscaled;
            return null;
        }
        return readSlowly(cut);
    }

    private @Nullable Code readSlowly(Cut cut) {
        if (cut.length() > LONGEST) {
            return Code.TOO_LONG;
        }
        var text = cut.text();
        if (grouping >= 0) {
            var plain = withoutGroups(text);
            if (plain == null) {
                return looksLikeNumber(text) ? Code.WRONG_DECIMAL_SEPARATOR : notANumber(text);
            }
            text = plain;
        }
        if (point != '.') {
            if (text.indexOf('.') >= 0) {
                return looksLikeNumber(text) ? Code.WRONG_DECIMAL_SEPARATOR : notANumber(text);
            }
            text = text.replace((char) point, '.');
        } else if (text.indexOf(',') >= 0) {
            return looksLikeNumber(text) ? Code.WRONG_DECIMAL_SEPARATOR : notANumber(text);
        }
        if (!text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?")) {
            return notANumber(text);
        }
        var number = new BigDecimal(text);
        if (number.signum() == 0) {
            unscaled = 0;
            scale = 0;
            return null;
        }
        if (number.precision() - (long) number.scale() > MOST_DIGITS) {
            return Code.TOO_LARGE;
        }
        if (number.scale() > MOST_DIGITS) {
            return Code.TOO_PRECISE;
        }
        large = number;
        return null;
    }

    /** Groups have three digits, else "1,23" would be read as 123. */
    private @Nullable String withoutGroups(String text) {
        var mark = grouping == ' ' ? "[ \u00a0\u202f]" : "\\" + (char) grouping;
        var end = text.indexOf((char) point);
        var whole = end < 0 ? text : text.substring(0, end);
        if (whole.matches("[+-]?[0-9]{1,3}(" + mark + "[0-9]{3})+")) {
            return whole.replaceAll(mark, "") + (end < 0 ? "" : text.substring(end));
        }
        return text.matches(".*" + mark + ".*") ? null : text;
    }

    private static boolean looksLikeNumber(String text) {
        return text.matches("[+-]?[0-9][0-9.,' \u00a0\u202f]*");
    }

    private static Code notANumber(String text) {
        return text.startsWith("=") || text.startsWith("@") ? Code.FORMULA : Code.NOT_A_NUMBER;
    }

    BigDecimal value() {
        return large != null ? large : BigDecimal.valueOf(unscaled, scale);
    }

    int signum() {
        return large != null ? large.signum() : Long.signum(unscaled);
    }

    void multiplyBy(Decimal other) {
        large = value().multiply(other.value());
    }

    void copyFrom(Decimal other) {
        unscaled = other.unscaled;
        scale = other.scale;
        large = other.large;
    }

    /** Null when the number fits a long with this many decimals, exactly; {@link #scaled} gives it then. */
    @Nullable
    Code fit(int decimals) {
        var missing = decimals - scale;
        if (large == null && missing >= 0 && missing < TENS.length) {
            var high = Math.multiplyHigh(unscaled, TENS[missing]);
            var low = unscaled * TENS[missing];
            if (high == low >> 63) {
                scaled = low;
                return null;
            }
            return Code.TOO_LARGE;
        }
        BigInteger whole;
        try {
            whole = value().setScale(decimals, RoundingMode.UNNECESSARY).unscaledValue();
        } catch (ArithmeticException e) {
            return Code.TOO_PRECISE;
        }
        if (whole.bitLength() > 63) {
            return Code.TOO_LARGE;
        }
        scaled = whole.longValue();
        return null;
    }

    long scaled() {
        return scaled;
    }
}
