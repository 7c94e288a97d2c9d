package org.espace.web;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The third wall: while it stands around a thread, every connection to the database that this thread takes sees the rows of
 * one partner and no others, inside a transaction or not. Requests to {@code /partners/{partner}/…} have it by themselves.
 */
public final class Wall {

    private static final ThreadLocal<@Nullable Integer> PARTNER = new ThreadLocal<>();

    private Wall() {}

    /**
     * Until {@link #lower}.
     *
     * @throws IllegalStateException inside a transaction, whose connection was taken without the wall, or inside another
     *     partner's wall
     */
    public static void raise(int partner) {
        var standing = PARTNER.get();
        if (TransactionSynchronizationManager.isActualTransactionActive()
                || (standing != null && standing != partner)) {
            throw new IllegalStateException("too late for the wall around partner " + partner);
        }
        PARTNER.set(partner);
    }

    public static void lower() {
        PARTNER.remove();
    }

    public static <T> T within(int partner, Supplier<T> work) {
        raise(partner);
        try {
            return work.get();
        } finally {
            lower();
        }
    }

    static Optional<Integer> partner() {
        return Optional.ofNullable(PARTNER.get());
    }

    /** As the database is told: the role, then the partner. One statement, which the driver prepares once. */
    static final String SETTINGS = "select set_config('role', ?, false), set_config('espace.partner', ?, false)";

    static List<String> settings(int partner) {
        return List.of("espace_partner", Integer.toString(Objects.checkIndex(partner, Integer.MAX_VALUE)));
    }

    static List<String> noSettings() {
        return List.of("none", "");
    }
}
