package org.espace.signin;

import java.io.Serializable;
import java.time.Instant;

/** How a session began. */
public record Visit(Device device, String address, Instant since) implements Serializable {

    private static final long serialVersionUID = 1;
}
