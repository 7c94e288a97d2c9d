package org.espace.feed;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a mapping from YAML. Nothing written in it is ignored: what is not understood is refused, by line. */
final class MappingReader {

    private static final Map<String, Character> SEPARATORS =
            Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|');

    private final Node root;

    private MappingReader(Node root) {
        this.root = root;
    }

    static Mapping read(String yaml) {
        try {
            var settings = LoadSettings.builder()
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(10)
                    .build();
            var root = new Compose(settings)
                    .composeString(yaml)
                    .orElseThrow(() -> new MappingInvalid(1, "the mapping is empty"));
            return new MappingReader(root).mapping();
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new MappingInvalid(line, String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new MappingInvalid(1, String.valueOf(e.getMessage()));
        }
    }

    private Mapping mapping() {
        var parts = parts(root, "mapping", "file", "lines", "formats", "statuses", "beside", "registers", "countries");
        var name = text(needed(root, parts, "mapping"));
        if (!name.matches("[a-z][a-z0-9-]{0,59}")) {
            throw invalid(needed(root, parts, "mapping"), "a name of small letters, digits and dashes is needed");
        }
        var lines = lines(needed(root, parts, "lines"));
        var statuses = statuses(parts.get("statuses"));
        if (lines.containsKey(Field.STATUS) == statuses.isEmpty()) {
            throw invalid(root, "'status' among the lines and 'statuses' need each other");
        }
        return new Mapping(
                name,
                lines,
                Map.of(),
                layout(parts.get("file")),
                formats(parts.get("formats")),
                statuses,
                lookups(parts.get("beside")),
                registers(parts.get("registers")),
                texts(parts.get("countries")));
    }

    private Map<Field, Source> lines(Node node) {
        var allowed = Arrays.stream(Field.values()).map(Field::key).toArray(String[]::new);
        var lines = new EnumMap<Field, Source>(Field.class);
        parts(node, allowed).forEach((key, value) -> {
            var field = Field.find(key).orElseThrow();
            lines.put(field, source(value, field == Field.AMOUNT, field.mayBeMissing()));
        });
        for (var field : Field.NEEDED) {
            if (!lines.containsKey(field)) {
                throw invalid(node, "'" + field.key() + "' is missing");
            }
        }
        for (var detail : List.of(Field.CUSTOMER_NAME, Field.CUSTOMER_COUNTRY, Field.CUSTOMER_SEGMENT)) {
            if (lines.containsKey(detail) && !lines.containsKey(Field.CUSTOMER)) {
                throw invalid(node, "'" + detail.key() + "' needs 'customer'");
            }
        }
        return lines;
    }

    private Source source(Node node, boolean number, boolean mayBeMissing) {
        if (node instanceof ScalarNode) {
            return new Source.Column(text(node));
        }
        var kinds = new ArrayList<>(List.of("constant", "joined", "first-of"));
        if (number) {
            kinds.add("times");
        }
        if (mayBeMissing) {
            kinds.add("optional");
        }
        var parts = parts(node, kinds.toArray(String[]::new));
        if (parts.size() != 1) {
            throw invalid(node, "one of " + String.join(", ", kinds) + " is needed");
        }
        var part = parts.entrySet().iterator().next();
        return switch (part.getKey()) {
            case "constant" -> new Source.Constant(text(part.getValue()));
            case "joined" -> new Source.Joined(list(part.getValue()));
            case "first-of" -> new Source.FirstOf(list(part.getValue()));
            case "optional" -> new Source.IfThere(text(part.getValue()));
            default -> new Source.Times(list(part.getValue()));
        };
    }

    private Mapping.Layout layout(@Nullable Node node) {
        if (node == null) {
            return new Mapping.Layout(Optional.empty(), Optional.empty());
        }
        var parts = parts(node, "separator", "encoding");
        return new Mapping.Layout(
                Optional.ofNullable(parts.get("separator")).map(this::separator),
                Optional.ofNullable(parts.get("encoding")).map(this::encoding));
    }

    private char separator(Node node) {
        var separator = SEPARATORS.get(text(node));
        if (separator == null) {
            throw invalid(node, "the separator is one of comma, semicolon, tab, pipe");
        }
        return separator;
    }

    private Charset encoding(Node node) {
        try {
            return Charset.forName(text(node));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw invalid(node, "unknown encoding; utf-8, utf-16, iso-8859-1 and windows-1252 are usual");
        }
    }

    private Mapping.Formats formats(@Nullable Node node) {
        var parts = node == null
                ? Map.<String, Node>of()
                : parts(
                        node,
                        "date",
                        "time",
                        "decimal",
                        "grouping",
                        "extra-decimals",
                        "missing",
                        "negative-amounts",
                        "zero-amounts",
                        "since",
                        "until");
        return new Mapping.Formats(
                read(parts.get("date"), this::dateFormat, "yyyy-MM-dd"),
                read(parts.get("time"), n -> oneOf(n, "ignored"), "").equals("ignored"),
                read(parts.get("decimal"), n -> oneOf(n, ".", ","), ".").charAt(0),
                Optional.ofNullable(parts.get("grouping"))
                        .map(n -> oneOf(n, " ", ".", ",", "'").charAt(0)),
                read(parts.get("extra-decimals"), n -> number(n, 0, 12), 0),
                read(parts.get("missing"), this::list, List.of()),
                read(parts.get("negative-amounts"), n -> oneOf(n, "refused"), "")
                        .equals("refused"),
                read(parts.get("zero-amounts"), n -> oneOf(n, "refused"), "").equals("refused"),
                read(parts.get("since"), this::day, LocalDate.of(1990, 1, 1)),
                Optional.ofNullable(parts.get("until")).map(this::day));
    }

    private String dateFormat(Node node) {
        var format = text(node);
        if (!Days.understands(format)) {
            throw invalid(node, "a date format has yyyy, M or MM, and d or dd, such as yyyy-MM-dd or M/d/yyyy");
        }
        return format;
    }

    private LocalDate day(Node node) {
        try {
            return LocalDate.parse(text(node));
        } catch (DateTimeParseException e) {
            throw invalid(node, "a date such as 2026-01-31 is needed");
        }
    }

    private int number(Node node, int least, int most) {
        var text = text(node);
        if (text.matches("[0-9]{1,4}")) {
            var value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw invalid(node, "a number from " + least + " to " + most + " is needed");
    }

    private Map<String, Mapping.Meaning> statuses(@Nullable Node node) {
        if (node == null) {
            return Map.of();
        }
        var statuses = new LinkedHashMap<String, Mapping.Meaning>();
        for (var tuple : mappingNode(node).getValue()) {
            var value = tuple.getValueNode();
            if (value instanceof ScalarNode) {
                oneOf(value, "eligible");
                statuses.put(text(tuple.getKeyNode()), new Mapping.Meaning(Mapping.Outcome.ELIGIBLE, ""));
                continue;
            }
            var parts = parts(value, "ineligible", "pending");
            if (parts.size() != 1) {
                throw invalid(value, "one of ineligible, pending is needed");
            }
            var part = parts.entrySet().iterator().next();
            var code = text(part.getValue());
            if (!code.matches("[A-Z][A-Z0-9_]{0,39}")) {
                throw invalid(part.getValue(), "a code of capital letters, digits and underscores is needed");
            }
            var outcome = Mapping.Outcome.valueOf(part.getKey().toUpperCase(Locale.ROOT));
            statuses.put(text(tuple.getKeyNode()), new Mapping.Meaning(outcome, code));
        }
        return statuses;
    }

    private List<Mapping.Lookup> lookups(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        var lookups = new ArrayList<Mapping.Lookup>();
        for (var tuple : mappingNode(node).getValue()) {
            var parts = parts(tuple.getValueNode(), "key", "by", "columns");
            var key = text(needed(tuple.getValueNode(), parts, "key"));
            lookups.add(new Mapping.Lookup(
                    fileName(tuple.getKeyNode()),
                    key,
                    read(parts.get("by"), MappingReader::text, key),
                    list(needed(tuple.getValueNode(), parts, "columns"))));
        }
        return List.copyOf(lookups);
    }

    private Map<Register, Mapping.Registration> registers(@Nullable Node node) {
        var parts = parts(node, Register.keys());
        var registers = new EnumMap<Register, Mapping.Registration>(Register.class);
        for (var register : Register.values()) {
            var part = parts.get(register.key());
            if (part != null) {
                registers.put(register, registration(register, part));
            }
        }
        return registers;
    }

    private Mapping.Registration registration(Register register, Node node) {
        var keys = new ArrayList<>(register.needed());
        keys.addAll(register.optional());
        keys.add("from");
        keys.add("optional");
        var parts = new LinkedHashMap<>(parts(node, keys.toArray(String[]::new)));
        var from = fileName(needed(node, parts, "from"));
        var optional = read(parts.get("optional"), n -> oneOf(n, "true", "false"), "false")
                .equals("true");
        parts.remove("from");
        parts.remove("optional");
        var fromFeed = from.equals(Mapping.Registration.FEED);
        if (fromFeed && !register.mayComeFromFeed()) {
            throw invalid(node, "'" + register.key() + "' come from a file beside the feed");
        }
        var own = register.needed().getFirst();
        for (var field : register.needed()) {
            if (!fromFeed || !field.equals(own)) {
                needed(node, parts, field);
            } else if (parts.containsKey(field)) {
                throw invalid(node, "'" + field + "' is the lines' own when it comes from the feed");
            }
        }
        var fields = new LinkedHashMap<String, Source>();
        parts.forEach((field, value) ->
                fields.put(field, source(value, false, !register.needed().contains(field))));
        return new Mapping.Registration(from, optional, fields);
    }

    /** A mapping reads beside the feed and nowhere else. */
    private static String fileName(Node node) {
        var name = text(node);
        if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw invalid(node, "the name of a file beside the feed is needed, without a folder");
        }
        return name;
    }

    private static Map<String, String> texts(@Nullable Node node) {
        if (node == null) {
            return Map.of();
        }
        return mappingNode(node).getValue().stream()
                .collect(Collectors.toMap(t -> text(t.getKeyNode()), t -> text(t.getValueNode())));
    }

    private static String oneOf(Node node, String... allowed) {
        var text = text(node);
        if (!List.of(allowed).contains(text)) {
            throw invalid(node, "'" + text + "' is not understood here; allowed: " + String.join(", ", allowed));
        }
        return text;
    }

    private List<String> list(Node node) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw invalid(node, "a list such as [A, B] is needed");
        }
        return sequence.getValue().stream().map(MappingReader::text).toList();
    }

    private static <T> T read(@Nullable Node node, Function<Node, T> reader, T otherwise) {
        return node == null ? otherwise : reader.apply(node);
    }

    private static Map<String, Node> parts(@Nullable Node node, String... allowed) {
        if (node == null) {
            return Map.of();
        }
        var parts = new LinkedHashMap<String, Node>();
        for (var tuple : mappingNode(node).getValue()) {
            var key = text(tuple.getKeyNode());
            if (!List.of(allowed).contains(key)) {
                throw invalid(
                        tuple.getKeyNode(), "'" + key + "' is not understood; allowed: " + String.join(", ", allowed));
            }
            if (parts.put(key, tuple.getValueNode()) != null) {
                throw invalid(tuple.getKeyNode(), "'" + key + "' is there twice");
            }
        }
        return parts;
    }

    private static Node needed(Node parent, Map<String, Node> parts, String key) {
        var node = parts.get(key);
        if (node == null) {
            throw invalid(parent, "'" + key + "' is missing");
        }
        return node;
    }

    private static MappingNode mappingNode(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw invalid(node, "'key: value' pairs are needed");
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw invalid(node, "a single value is needed");
    }

    private static MappingInvalid invalid(Node node, String message) {
        return new MappingInvalid(
                node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1), message);
    }
}
