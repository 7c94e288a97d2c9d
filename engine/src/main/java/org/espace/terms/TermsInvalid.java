package org.espace.terms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text is no valid terms. Everything that is wrong with it is listed, by line. */
public class TermsInvalid extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public TermsInvalid(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Names and values in turn. */
    static Map<String, Object> arguments(Object... namesAndValues) {
        var arguments = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }

    /**
     * What is wrong.
     *
     * @param line of the text, from 1
     * @param code what kind of problem it is, for those that a program manager may look up; {@value #REFUSED} for others
     * @param arguments what the words name: texts, whole numbers, rates, and lists of texts; the key whose value is meant
     *     as {@code at}, where it is a value
     */
    public record Problem(int line, String code, Wrong wrong, Map<String, Object> arguments) {

        public static final String REFUSED = "refused";

        public static final String AT = "at";

        Problem(int line, Wrong wrong, Object... namesAndValues) {
            this(line, REFUSED, wrong, TermsInvalid.arguments(namesAndValues));
        }

        /** In words of its own. */
        public String text() {
            var at = arguments.get(AT);
            return (at == null ? "" : at + ": ") + wrong.text(arguments);
        }

        @Override
        public String toString() {
            return "line " + line + ": " + text();
        }
    }
}
