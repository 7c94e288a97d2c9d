package org.espace.terms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Terms written in the one way that says the same: order of keys, spacing, forms of numbers, and no comments. Two texts
 * promise the same if and only if they have the same canonical text; reading it gives equal terms.
 *
 * @param sha256 of the text in UTF-8, as hexadecimal digits
 */
public record CanonicalTerms(String text, String sha256) {

    private static final int LONGEST_ON_ONE_LINE = 100;
    private static final String INDENT = "  ";

    public static CanonicalTerms of(Terms terms) {
        var text = new StringBuilder();
        writeKeys(TermsTree.of(terms), "", "", text);
        return new CanonicalTerms(text.toString(), sha256(text.toString()));
    }

    /** A part of the tree on one line. */
    static String onOneLine(Object value) {
        return switch (value) {
            case String text -> scalar(text);
            case List<?> list ->
                list.stream().map(CanonicalTerms::onOneLine).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + onOneLine(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> throw new IllegalArgumentException("no part of terms: " + value);
        };
    }

    /** @param first what stands before the first key: the indent of the others, or the dash of a list's item */
    private static void writeKeys(Map<?, ?> map, String first, String indent, StringBuilder into) {
        var before = first;
        for (var entry : map.entrySet()) {
            into.append(before).append(entry.getKey()).append(':');
            write(entry.getKey(), entry.getValue(), indent, into);
            before = indent;
        }
    }

    private static void write(Object key, Object value, String indent, StringBuilder into) {
        var line = onOneLine(value);
        var isListed = indent.isEmpty() && (key.equals("levers") || key.equals("ceilings"));
        if (value instanceof String || (!isListed && line.length() <= LONGEST_ON_ONE_LINE)) {
            into.append(' ').append(line).append('\n');
            return;
        }
        into.append('\n');
        var inner = indent + INDENT;
        switch (value) {
            case Map<?, ?> map when isListed -> writeKeys(map, inner + "- ", inner + INDENT, into);
            case Map<?, ?> map -> writeKeys(map, inner, inner, into);
            case List<?> list -> {
                for (var item : list) {
                    if (item instanceof Map<?, ?> map
                            && (isListed || onOneLine(map).length() > LONGEST_ON_ONE_LINE)) {
                        writeKeys(map, inner + "- ", inner + INDENT, into);
                    } else {
                        into.append(inner).append("- ").append(onOneLine(item)).append('\n');
                    }
                }
            }
            default -> throw new IllegalArgumentException("no part of terms: " + value);
        }
    }

    /** Whatever is more than words, numbers and hyphens stands in quotes. */
    private static String scalar(String text) {
        if (text.matches("[A-Za-z0-9]([A-Za-z0-9 ./%-]*[A-Za-z0-9%])?")) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (isPrintable(point)) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append("\\U%08x".formatted(point));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
