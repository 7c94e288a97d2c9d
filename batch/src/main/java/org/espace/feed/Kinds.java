package org.espace.feed;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.espace.engine.Facts;
import org.espace.terms.Lever.Trigger;
import org.espace.terms.Selection.Attribute;

/** The kinds of lines that are known, and the new ones that a feed brings. */
final class Kinds {

    /** So many combinations are not what lines have in common any more: one of them must be a number or a name. */
    static final int MOST = 30_000;

    /** What a line says of itself besides product, customer and location. */
    record Said(Trigger happened, Map<Attribute, String> attributes) {

        Said {
            attributes = Map.copyOf(attributes);
        }
    }

    private static final Said NOTHING = new Said(Trigger.INVOICED, Map.of());

    private final Map<Said, Integer> numbers;
    private final IntSupplier ids;
    private final List<Facts.LineKind> fresh = new ArrayList<>();

    Kinds(List<Facts.LineKind> known, IntSupplier ids) {
        numbers = new HashMap<>(known.stream()
                .collect(toMap(kind -> new Said(kind.happened(), kind.attributes()), Facts.LineKind::id)));
        numbers.put(NOTHING, 0);
        this.ids = ids;
    }

    int find(Said said) {
        return numbers.getOrDefault(said, Dictionary.UNKNOWN);
    }

    boolean isFull() {
        return numbers.size() > MOST;
    }

    int register(Said said) {
        var id = ids.getAsInt();
        numbers.put(said, id);
        var attributes = new EnumMap<Attribute, String>(Attribute.class);
        attributes.putAll(said.attributes());
        fresh.add(new Facts.LineKind(id, said.happened(), attributes));
        return id;
    }

    List<Facts.LineKind> fresh() {
        return List.copyOf(fresh);
    }
}
