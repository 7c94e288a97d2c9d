package org.espace.paper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each value an id, from 1 on, in the order in which they are met. */
final class Numbering<T> {

    private final Map<T, Integer> ids = new HashMap<>();
    private final List<T> values = new ArrayList<>();

    int of(T value) {
        return ids.computeIfAbsent(value, met -> {
            values.add(met);
            return values.size();
        });
    }

    boolean has(T value) {
        return ids.containsKey(value);
    }

    List<T> values() {
        return values;
    }
}
