package org.espace.feed;

import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.espace.engine.Facts;

/**
 * The numbers that a feed may name, and where ids for new ones come from. Dispositions are known by their code.
 *
 * @param locations location number to id; a location belongs to one partner
 */
public record Known(
        Map<String, Integer> partners,
        Map<String, Integer> locations,
        Map<String, Integer> customers,
        Map<String, Integer> products,
        Map<String, Integer> dispositions,
        List<Facts.LineKind> lineKinds,
        Ids ids) {

    public record Ids(
            IntSupplier partner,
            IntSupplier location,
            IntSupplier customer,
            IntSupplier product,
            IntSupplier disposition,
            IntSupplier lineKind) {}
}
