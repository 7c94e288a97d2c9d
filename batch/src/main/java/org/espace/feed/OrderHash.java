package org.espace.feed;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers orders: the first 63 bits of SHA-256 over the location's id, as four bytes with the highest first, and the
 * order's number in UTF-8. The same order has the same number in every version of this program; 0 is none.
 */
final class OrderHash {

    private final MessageDigest sha256;
    private final byte[] digest = new byte[32];
    private final ByteBuffer numbers = ByteBuffer.wrap(digest);
    private final byte[] id = new byte[Integer.BYTES];
    private int lastLocation;
    private byte[] lastOrder = new byte[0];
    private long last;

    OrderHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of an order mostly follow each other. */
    long of(int location, Cut order) {
        if (order.isEmpty()) {
            return 0;
        }
        if (last == 0 || location != lastLocation || !order.is(lastOrder)) {
            lastLocation = location;
            lastOrder = order.copy();
            last = hash(location, order);
        }
        return last;
    }

    private long hash(int location, Cut order) {
        ByteBuffer.wrap(id).putInt(location);
        sha256.update(id);
        sha256.update(order.bytes, order.from, order.length());
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return Math.max(1, numbers.getLong(0) >>> 1);
    }
}
