package org.espace.signin;

import java.io.Serializable;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where an attempt comes from: a device that somebody has signed in from before, or else a network.
 *
 * @param source under which its failures are counted
 */
record Origin(String source, boolean isKnownDevice) implements Serializable {

    private static final long serialVersionUID = 1;

    static final String DEVICES = "device:";

    static Origin device(String id) {
        return new Origin(DEVICES + id, true);
    }

    /** @param address as the connection shows it */
    static Origin network(String address) {
        return new Origin(prefix(address), false);
    }

    /** One household holds 2⁶⁴ addresses of IPv6. */
    static String prefix(String address) {
        return InetAddress.ofLiteral(address) instanceof Inet6Address six
                ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
                : address;
    }
}
