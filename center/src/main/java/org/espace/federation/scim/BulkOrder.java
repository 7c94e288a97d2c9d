package org.espace.federation.scim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Strongly connected components by Tarjan: what is needed comes first, and a circle comes at once. */
final class BulkOrder {

    private final List<Set<Integer>> needs;
    private final int[] seen;
    private final int[] lowest;
    private final boolean[] isOpen;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final List<List<Integer>> order = new ArrayList<>();
    private int count;

    private BulkOrder(List<Set<Integer>> needs) {
        this.needs = needs;
        this.seen = new int[needs.size()];
        this.lowest = new int[needs.size()];
        this.isOpen = new boolean[needs.size()];
    }

    /** @param needs of each, which others have to come before it */
    static List<List<Integer>> of(List<Set<Integer>> needs) {
        var order = new BulkOrder(needs);
        for (var one = 0; one < needs.size(); one++) {
            if (order.seen[one] == 0) {
                order.visit(one);
            }
        }
        return order.order;
    }

    private void visit(int one) {
        seen[one] = lowest[one] = ++count;
        open.push(one);
        isOpen[one] = true;
        for (int other : needs.get(one)) {
            if (seen[other] == 0) {
                visit(other);
                lowest[one] = Math.min(lowest[one], lowest[other]);
            } else if (isOpen[other]) {
                lowest[one] = Math.min(lowest[one], seen[other]);
            }
        }
        if (lowest[one] == seen[one]) {
            close(one);
        }
    }

    private void close(int first) {
        var together = new ArrayList<Integer>();
        int last;
        do {
            last = open.pop();
            isOpen[last] = false;
            together.add(last);
        } while (last != first);
        order.add(together.stream().sorted().toList());
    }
}
