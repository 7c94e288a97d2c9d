package org.espace.feed;

import java.util.Arrays;

/** What a line says of itself, field by field in one piece of bytes; no two different ones are alike. */
final class KindKey {

    byte[] bytes = new byte[256];
    int length;

    void clear() {
        length = 0;
    }

    void add(Cut cut) {
        var more = cut.length();
        if (length + Integer.BYTES + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + Integer.BYTES + more));
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (more >>> shift);
        }
        System.arraycopy(cut.bytes, cut.from, bytes, length, more);
        length += more;
    }
}
