package org.espace.terms;

import java.util.List;
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

    /**
     * What is wrong.
     *
     * @param line of the text, from 1
     * @param code what kind of problem it is, for those that a program manager may look up; {@value #REFUSED} for others
     */
    public record Problem(int line, String code, String text) {

        public static final String REFUSED = "refused";

        public Problem(int line, String text) {
            this(line, REFUSED, text);
        }

        @Override
        public String toString() {
            return "line " + line + ": " + text;
        }
    }
}
