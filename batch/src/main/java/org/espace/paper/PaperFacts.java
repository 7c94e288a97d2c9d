package org.espace.paper;

import java.util.List;
import org.espace.engine.Facts;

/**
 * Everything that a folder of CSV files says.
 *
 * @param locations their numbers; the id of the first is 1, and so on
 * @param dispositions the id of the first is 1, and so on
 * @param sales in the order in which they are posted
 * @param leftOut how many rows were not known yet
 */
public record PaperFacts(
        Facts facts,
        List<String> locations,
        List<PaperSale.Disposition> dispositions,
        List<PaperSale> sales,
        List<Assumption> assumed,
        int leftOut) {

    public PaperFacts {
        locations = List.copyOf(locations);
        dispositions = List.copyOf(dispositions);
        sales = List.copyOf(sales);
        assumed = List.copyOf(assumed);
    }
}
