package org.espace.bench;

import java.util.ArrayList;
import java.util.List;

/** Two pieces of work done in turn, so that whatever else the machine does burdens both alike. */
record Pairs(List<Spent> ours, List<Spent> theirs) {

    /** A first pair warms up both sides and is not counted. */
    static Pairs warm(int count, Spent.Work ours, Spent.Work theirs) throws Exception {
        ours.run();
        theirs.run();
        return cold(count, ours, theirs);
    }

    static Pairs cold(int count, Spent.Work ours, Spent.Work theirs) throws Exception {
        var pairs = new Pairs(new ArrayList<>(), new ArrayList<>());
        for (var i = 0; i < count; i++) {
            pairs.ours.add(Spent.on(ours));
            pairs.theirs.add(Spent.on(theirs));
        }
        return pairs;
    }

    Pairs swapped() {
        return new Pairs(theirs, ours);
    }

    /** Processor time of ours for each second of theirs. */
    Spread cpu() {
        return ratio(
                ours.stream().map(Spent::cpu).toList(),
                theirs.stream().map(Spent::cpu).toList());
    }

    Spread wall() {
        return ratio(
                ours.stream().map(Spent::wall).toList(),
                theirs.stream().map(Spent::wall).toList());
    }

    private static Spread ratio(List<Double> above, List<Double> below) {
        var ratios = new ArrayList<Double>();
        for (var i = 0; i < above.size(); i++) {
            ratios.add(above.get(i) / below.get(i));
        }
        return Spread.of(ratios);
    }
}
