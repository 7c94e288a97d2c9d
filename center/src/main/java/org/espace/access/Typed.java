package org.espace.access;

import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/** What somebody has typed and chosen in a form, to be shown again beside what is wrong with it. */
public record Typed(Map<String, List<String>> values) {

    public static final Typed NOTHING = new Typed(Map.of());

    public static Typed of(MultiValueMap<String, String> form) {
        return new Typed(Map.copyOf(form));
    }

    public String text(String field) {
        var all = values.getOrDefault(field, List.of());
        return all.isEmpty() ? "" : all.getFirst();
    }

    public List<String> all(String field) {
        return values.getOrDefault(field, List.of());
    }

    public boolean has(String field, String value) {
        return all(field).contains(value);
    }
}
