package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/**
 * Text is UTF-8 unless it cannot be: when bytes beyond ASCII occur and none of them forms a character of UTF-8, it is
 * windows-1252, which holds ISO-8859-1. Where both occur the text is UTF-8 with damage, and the damaged rows are refused.
 */
final class EncodingGuess {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long BEYOND_ASCII = 0x8080808080808080L;

    private long characters;
    private long damage;
    private int expected;

    void see(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            while (expected == 0 && at + 8 <= length && ((long) LONGS.get(bytes, at) & BEYOND_ASCII) == 0) {
                at += 8;
            }
            if (at == length) {
                return;
            }
            var b = bytes[at];
            if (b >= 0) {
                if (expected > 0) {
                    damage++;
                    expected = 0;
                }
            } else if ((b & 0xc0) == 0x80) {
                if (expected == 0) {
                    damage++;
                } else if (--expected == 0) {
                    characters++;
                }
            } else {
                if (expected > 0) {
                    damage++;
                }
                expected = (b & 0xe0) == 0xc0 ? 1 : (b & 0xf0) == 0xe0 ? 2 : (b & 0xf8) == 0xf0 ? 3 : 0;
                if (expected == 0) {
                    damage++;
                }
            }
        }
    }

    Charset charset(byte[] sample) {
        if (marked(sample, 0xff, 0xfe) || zeros(sample, 1)) {
            return UTF_16LE;
        }
        if (marked(sample, 0xfe, 0xff) || zeros(sample, 0)) {
            return UTF_16BE;
        }
        return damage > 0 && characters == 0 ? WINDOWS_1252 : UTF_8;
    }

    private static boolean marked(byte[] sample, int first, int second) {
        return sample.length >= 2 && (sample[0] & 0xff) == first && (sample[1] & 0xff) == second;
    }

    /** UTF-16 without a mark: nearly every other byte of a header line is zero, and no other byte is. */
    private static boolean zeros(byte[] sample, int parity) {
        int looked = Math.min(sample.length, 256) & ~1;
        int zeros = 0;
        for (int at = 0; at < looked; at++) {
            if (sample[at] == 0) {
                if (at % 2 != parity) {
                    return false;
                }
                zeros++;
            }
        }
        return looked >= 4 && zeros > looked * 2 / 5;
    }
}
