package org.espace.engine;

import java.util.ArrayList;
import java.util.List;

/** The sums of one location in memory, so that something can be tried on them. */
final class Held implements Rating.Carried {

    private static final int SLOT_BITS_OF_A_VERSION = 16;

    private List<Row> rows;

    private Held(List<Row> rows) {
        this.rows = rows;
    }

    private record Row(int slot, int span, long owner, long one, long two) {}

    static Held of(Rating.Carried carried, int location) {
        var sums = new Sums();
        carried.load(location, sums);
        var held = new Held(List.of());
        held.save(location, sums);
        return held;
    }

    /** Those that a sale of this customer and order may read under one version of a program. */
    Held about(int version, Sale sale) {
        return new Held(rows.stream()
                .filter(row -> row.slot >>> SLOT_BITS_OF_A_VERSION == version)
                .filter(row -> row.owner == 0 || row.owner == sale.customer() || row.owner == sale.order())
                .toList());
    }

    /** Those that a customer's sales without an order read under one version of a program. */
    Held about(int version, int customer) {
        return new Held(rows.stream()
                .filter(row -> row.slot >>> SLOT_BITS_OF_A_VERSION == version)
                .filter(row -> row.owner == 0 || row.owner == customer)
                .toList());
    }

    /** One group of sums. */
    @FunctionalInterface
    interface Visitor {
        void group(int slot, long owner, long one);
    }

    void forEach(Visitor visitor) {
        rows.forEach(row -> visitor.group(row.slot, row.owner, row.one));
    }

    @Override
    public void load(int location, Sums into) {
        rows.forEach(row -> into.put(row.slot, row.span, row.owner, row.one, row.two));
    }

    @Override
    public void save(int location, Sums from) {
        var all = new ArrayList<Row>();
        from.forEach((slot, span, owner, one, two) -> all.add(new Row(slot, span, owner, one, two)));
        rows = List.copyOf(all);
    }

    /** For what is tried and must leave nothing behind. */
    Rating.Carried untouched() {
        return new Rating.Carried() {
            @Override
            public void load(int location, Sums into) {
                Held.this.load(location, into);
            }

            @Override
            public void save(int location, Sums from) {}
        };
    }
}
