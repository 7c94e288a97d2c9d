package org.espace.certifications;

import java.time.Instant;

/** Where and when something is taught or examined. */
public record Session(int id, String certification, String place, Instant begins, int seats, int booked) {

    public int free() {
        return Math.max(0, seats - booked);
    }
}
