package org.espace.terms;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A part of a YAML text, read key by key. What is missing, misspelt or never asked for becomes a {@link
 * TermsInvalid.Problem} with its line, so that nothing written is silently ignored.
 */
public final class YamlSection {

    private static final int LARGEST_TEXT = 1 << 20;

    private final String path;
    private final int line;
    private final Map<String, Node> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final List<YamlSection> sections = new ArrayList<>();
    private final List<TermsInvalid.Problem> problems;

    private YamlSection(String path, Node node, List<TermsInvalid.Problem> problems) {
        this.path = path;
        this.line = lineOf(node);
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            if (path.isEmpty()) {
                problem(line, Wrong.TEXT_NO_SECTION);
            } else {
                problem(line, Wrong.NO_SECTION, "key", path);
            }
            return;
        }
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                entries.put(key.getValue(), tuple.getValueNode());
                lines.put(key.getValue(), lineOf(key));
            } else {
                problem(lineOf(tuple.getKeyNode()), Wrong.KEY_NO_WORD);
            }
        }
    }

    /** Parses the whole text; throws at once when it is not YAML at all. */
    public static YamlSection parse(String text, List<TermsInvalid.Problem> problems) {
        var settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(LARGEST_TEXT)
                .build();
        try {
            var root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new TermsInvalid(List.of(new TermsInvalid.Problem(1, Wrong.EMPTY_TEXT))));
            return new YamlSection("", root, problems);
        } catch (MarkedYamlEngineException e) {
            var at = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            var wrong = e instanceof DuplicateKeyException ? Wrong.DUPLICATE_KEY : Wrong.NOT_YAML;
            throw new TermsInvalid(List.of(new TermsInvalid.Problem(at, wrong)));
        } catch (StackOverflowError _) {
            throw new TermsInvalid(List.of(new TermsInvalid.Problem(1, Wrong.NESTED_TOO_DEEPLY)));
        } catch (YamlEngineException _) {
            throw new TermsInvalid(List.of(new TermsInvalid.Problem(1, Wrong.NOT_YAML)));
        }
    }

    public int line() {
        return line;
    }

    public int lineOf(String key) {
        return lines.getOrDefault(key, line);
    }

    /** Marks a key as known, whatever stands under it. */
    void ask(String key) {
        asked.add(key);
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public Optional<String> text(String key) {
        return node(key).flatMap(node -> scalar(key, node));
    }

    /** The value under the key, or a problem: that it is missing, or why it cannot be read. */
    public <T> Optional<T> required(String key, Function<String, T> reader) {
        if (!has(key)) {
            problem(line, Wrong.MISSING, "key", name(key));
            return Optional.empty();
        }
        return optional(key, reader);
    }

    public <T> Optional<T> optional(String key, Function<String, T> reader) {
        return text(key).flatMap(text -> {
            try {
                return Optional.of(reader.apply(text));
            } catch (RuntimeException e) {
                unwritten(key, text, e);
                return Optional.empty();
            }
        });
    }

    private void unwritten(String key, String text, RuntimeException because) {
        switch (because) {
            case Unwritten value -> at(key, value.wrong, value.arguments);
            case DateTimeParseException _ -> problemAt(key, Wrong.NO_DAY, "value", text);
            case ArithmeticException _ -> problemAt(key, Wrong.TOO_FINE, "value", text);
            default -> problemAt(key, Wrong.NOT_READABLE, "value", text);
        }
    }

    private void at(String key, Wrong wrong, Map<String, Object> arguments) {
        problems.add(at(key, TermsInvalid.Problem.REFUSED, wrong, arguments));
    }

    private TermsInvalid.Problem at(String key, String code, Wrong wrong, Map<String, Object> arguments) {
        var all = new LinkedHashMap<>(arguments);
        all.put(TermsInvalid.Problem.AT, name(key));
        return new TermsInvalid.Problem(lineOf(key), code, wrong, all);
    }

    /** About the value of a key. */
    public void problemAt(String key, Wrong wrong, Object... namesAndValues) {
        at(key, wrong, TermsInvalid.arguments(namesAndValues));
    }

    void problemAt(String key, String code, Wrong wrong, Object... namesAndValues) {
        problems.add(at(key, code, wrong, TermsInvalid.arguments(namesAndValues)));
    }

    /** One value or a list of different values; empty when the key is absent. */
    public Set<String> texts(String key) {
        return texts(key, text -> text);
    }

    Set<String> texts(String key, UnaryOperator<String> reader) {
        var found = new TreeSet<String>();
        for (var text : list(key)) {
            try {
                if (!found.add(reader.apply(text))) {
                    problemAt(key, Wrong.TWICE, "value", text);
                }
            } catch (IllegalArgumentException e) {
                unwritten(key, text, e);
            }
        }
        return found;
    }

    /** As {@link #texts(String)}, in the order of writing. */
    public List<String> list(String key) {
        var found = new ArrayList<String>();
        node(key).ifPresent(node -> {
            var items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
            for (var item : items) {
                scalar(key, item).ifPresent(found::add);
            }
            if (items.isEmpty()) {
                problem(lineOf(key), Wrong.NAMES_NOTHING, "key", name(key));
            }
        });
        return found;
    }

    public Optional<YamlSection> section(String key) {
        return node(key).map(node -> inner(key, node));
    }

    public boolean isText(String key) {
        return entries.get(key) instanceof ScalarNode;
    }

    boolean isSection(String key) {
        return entries.get(key) instanceof MappingNode;
    }

    /** One section or a list of sections; empty when the key is absent. */
    public List<YamlSection> sections(String key) {
        return node(key).stream()
                .flatMap(node -> node instanceof SequenceNode list ? list.getValue().stream() : Stream.of(node))
                .map(node -> inner(key, node))
                .toList();
    }

    /** Called last: every key that nobody asked for is a problem, here and below. */
    public void refuseTheRest() {
        for (var key : entries.keySet()) {
            if (!asked.contains(key)) {
                problem(lineOf(key), Wrong.UNKNOWN_KEY, "key", name(key), "known", List.copyOf(new TreeSet<>(asked)));
            }
        }
        sections.forEach(YamlSection::refuseTheRest);
    }

    public void problem(int line, Wrong wrong, Object... namesAndValues) {
        problems.add(new TermsInvalid.Problem(line, wrong, namesAndValues));
    }

    void problem(int line, String code, Wrong wrong, Object... namesAndValues) {
        problems.add(new TermsInvalid.Problem(line, code, wrong, TermsInvalid.arguments(namesAndValues)));
    }

    private Optional<Node> node(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key));
    }

    private YamlSection inner(String key, Node node) {
        var section = new YamlSection(name(key), node, problems);
        sections.add(section);
        return section;
    }

    private Optional<String> scalar(String key, Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue().strip());
        }
        problem(lineOf(node), Wrong.NO_VALUE, "key", name(key));
        return Optional.empty();
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
