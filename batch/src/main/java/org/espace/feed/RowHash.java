package org.espace.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Names a line that its feed does not name: "#", 128 bits of its content in hexadecimal, and "-1" for the first line
 * with this content. The same content gives the same name in every version of this program.
 */
final class RowHash {

    /** Up to here two lines with the same content have the same name. */
    static final int CONTENT_LENGTH = 33;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);
    private static final long ONE = 0x9e3779b97f4a7c15L;
    private static final long TWO = 0xc2b2ae3d27d4eb4fL;

    byte[] of(Cells cells) {
        long first = ONE;
        long second = TWO;
        for (int column = 0; column < cells.count; column++) {
            int at = cells.from[column];
            int end = cells.to[column];
            long word = (long) end - at;
            first = mix(first ^ word, ONE);
            second = mix(second ^ word, TWO);
            for (; at + 8 <= end; at += 8) {
                word = (long) LONGS.get(cells.bytes, at);
                first = mix(first ^ word, ONE);
                second = mix(second ^ word, TWO);
            }
            if (at < end) {
                word = 0;
                for (; at < end; at++) {
                    word = (word << 8) | (cells.bytes[at] & 0xff);
                }
                first = mix(first ^ word, ONE);
                second = mix(second ^ word, TWO);
            }
        }
        var name = new byte[CONTENT_LENGTH + 2];
        name[0] = '#';
        hex(name, 1, first);
        hex(name, 17, second);
        name[CONTENT_LENGTH] = '-';
        name[CONTENT_LENGTH + 1] = '1';
        return name;
    }

    private static long mix(long value, long factor) {
        var mixed = value * factor;
        mixed = (mixed ^ mixed >>> 32) * 0xff51afd7ed558ccdL;
        return mixed ^ mixed >>> 29;
    }

    private static void hex(byte[] target, int offset, long value) {
        for (int digit = 0; digit < 16; digit++) {
            target[offset + digit] = DIGITS[(int) (value >>> (60 - 4 * digit)) & 15];
        }
    }
}
