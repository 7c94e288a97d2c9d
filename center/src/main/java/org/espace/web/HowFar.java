package org.espace.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a piece of work has come, as it was heard of last.
 *
 * @param done units done so far
 * @param total units in all; 0 while unknown
 * @param began when the first of these units was taken up
 */
public record HowFar(long done, long total, Instant began, Instant heard) {

    public boolean isCounted() {
        return total > 0;
    }

    public int percent() {
        return isCounted() ? Math.clamp(done * 100 / total, 0, 100) : 0;
    }

    /** How long it will last yet, if it goes on as it did; empty while nobody can say. */
    public Optional<Duration> left() {
        if (done <= 0 || !isCounted()) {
            return Optional.empty();
        }
        var spent = Duration.between(began, heard).toMillis();
        return Optional.of(Duration.ofMillis(Math.multiplyExact(spent, Math.max(0, total - done)) / done));
    }
}
