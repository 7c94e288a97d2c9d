package org.espace.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espace.engine.Rulebook;

/** Rates in this process, with so many threads. */
public record Threads(int count) implements Runner {

    /** As many as the machine has cores. */
    public static Threads ofThisMachine() {
        return new Threads(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public List<Rater.Rated> rate(
            List<Rater.Order> orders, Rulebook rulebook, CarriedSums carried, Rater.Counted counted)
            throws SQLException, InterruptedException {
        try (var workers = Executors.newFixedThreadPool(Math.clamp(orders.size(), 1, count))) {
            return joined(orders.stream()
                    .map(order -> workers.submit(() -> Rater.rate(order, rulebook, carried, counted)))
                    .toList());
        }
    }

    private static List<Rater.Rated> joined(List<Future<Rater.Rated>> parts) throws SQLException, InterruptedException {
        var rated = new ArrayList<Rater.Rated>();
        for (var part : parts) {
            try {
                rated.add(part.get());
            } catch (ExecutionException e) {
                parts.forEach(other -> other.cancel(true));
                throw new SQLException("rating stopped", e.getCause());
            }
        }
        return rated;
    }
}
