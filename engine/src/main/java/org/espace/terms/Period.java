package org.espace.terms;

import java.io.Serializable;
import java.time.LocalDate;

/** Half-open: {@code until} is the first day that no longer counts. */
public record Period(LocalDate from, LocalDate until) implements Serializable {

    public Period {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a period must begin before it ends: " + from + "/" + until);
        }
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(until);
    }

    @Override
    public String toString() {
        return from + "/" + until;
    }
}
