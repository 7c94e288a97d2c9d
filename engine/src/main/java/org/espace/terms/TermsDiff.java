package org.espace.terms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What differs between two texts of terms, in the words of the text. */
public final class TermsDiff {

    private final List<Change> changes = new ArrayList<>();

    private TermsDiff() {}

    /**
     * One difference.
     *
     * @param path keys from the outermost on; an item of a list is named by its id, its {@code from}, or itself
     * @param from as it is written; null when it is new
     * @param to null when it is gone
     */
    public record Change(
            List<String> path,
            @Nullable String from,
            @Nullable String to) {

        public Kind kind() {
            return from == null ? Kind.ADDED : to == null ? Kind.REMOVED : Kind.CHANGED;
        }
    }

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** In the order in which the canonical text names things; empty when both promise the same. */
    public static List<Change> between(Terms before, Terms after) {
        var diff = new TermsDiff();
        diff.maps(List.of(), TermsTree.of(before), TermsTree.of(after));
        return List.copyOf(diff.changes);
    }

    private void maps(List<String> path, Map<?, ?> before, Map<?, ?> after) {
        var keys = new LinkedHashSet<Object>(before.keySet());
        keys.addAll(after.keySet());
        for (var key : keys) {
            values(in(path, key.toString()), before.get(key), after.get(key));
        }
    }

    private void values(List<String> path, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other && !isItem(one) && !isItem(other)) {
            maps(path, one, other);
            return;
        }
        var items = items(path, before);
        var others = items(path, after);
        if (items.isPresent() && others.isPresent()) {
            lists(path, items.get(), others.get());
        } else {
            changes.add(new Change(path, written(before), written(after)));
        }
    }

    /** Items by what names them; what is single in the text is a list of one. */
    private void lists(List<String> path, Map<String, Object> before, Map<String, Object> after) {
        var keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (var key : keys) {
            var one = before.get(key);
            var other = after.get(key);
            if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
                maps(in(path, key), map, otherMap);
            } else {
                values(in(path, key), one, other);
            }
        }
        var order = common(before, after);
        var newOrder = common(after, before);
        if (!order.equals(newOrder)) {
            changes.add(new Change(path, String.join(", ", order), String.join(", ", newOrder)));
        }
    }

    private static List<String> common(Map<String, Object> of, Map<String, Object> other) {
        return of.keySet().stream().filter(other::containsKey).toList();
    }

    private static Optional<Map<String, Object>> items(List<String> path, @Nullable Object value) {
        var list = switch (value) {
            case null -> List.of();
            case List<?> several -> several;
            case Object single -> List.of(single);
        };
        if (list.isEmpty()) {
            return Optional.empty();
        }
        var named = new LinkedHashMap<String, Object>();
        for (var item : list) {
            var name = name(path, item);
            if (name.isEmpty() || named.put(name.get(), item) != null) {
                return Optional.empty();
            }
        }
        // One text in place of another is a change, and no removal with an addition.
        return value instanceof String ? Optional.empty() : Optional.of(named);
    }

    /** A condition is named by its kind, as long as no other is of the same. */
    private static Optional<String> name(List<String> path, Object item) {
        return switch (item) {
            case String text -> Optional.of(text);
            case Map<?, ?> map
            when path.getLast().equals("requires") ->
                Optional.of(map.keySet().iterator().next().toString());
            case Map<?, ?> map ->
                Stream.of("id", "from")
                        .<Object>mapMulti((key, into) -> {
                            var value = map.get(key);
                            if (value != null) {
                                into.accept(value);
                            }
                        })
                        .findFirst()
                        .map(Object::toString);
            default -> Optional.empty();
        };
    }

    private static boolean isItem(Map<?, ?> map) {
        return map.containsKey("id") || map.containsKey("from");
    }

    private static @Nullable String written(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Object part -> CanonicalTerms.onOneLine(part);
        };
    }

    private static List<String> in(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).collect(Collectors.toUnmodifiableList());
    }
}
