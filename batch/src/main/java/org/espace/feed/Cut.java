package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A piece of UTF-8 text, without the blanks around it. */
final class Cut {

    byte[] bytes = new byte[0];
    int from;
    int to;

    void set(byte[] source, int start, int end) {
        bytes = source;
        from = start;
        to = end;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (from < to && isBlank(bytes[to - 1])) {
            to--;
        }
    }

    boolean isEmpty() {
        return from == to;
    }

    int length() {
        return to - from;
    }

    byte first() {
        return bytes[from];
    }

    boolean is(byte[] word) {
        return Arrays.equals(bytes, from, to, word, 0, word.length);
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    String text() {
        return new String(bytes, from, to - from, UTF_8);
    }

    /** Whether every byte is a plain printable character: then nothing else has to be checked. */
    boolean isPlain() {
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0x20 || bytes[at] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
