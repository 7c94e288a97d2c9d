package org.espace.terms;

import java.util.Map;

/**
 * Something about a text of terms that whoever publishes it should know.
 *
 * @param line of the text, from 1
 * @param arguments what the words name: texts, whole numbers, money, rates and periods, and a {@link
 *     TermsInvalid.Problem} where the text is no valid terms
 */
public record Finding(Code code, int line, Map<String, Object> arguments) {

    public Severity severity() {
        return code.severity;
    }

    public enum Severity {
        /** Not to be published. */
        ERROR,
        /** To be published only if it is meant. */
        WARNING
    }

    /** What was found; the words are the message {@code finding.<code>}. */
    public enum Code {
        // What the reader refuses.
        REFUSED(Severity.ERROR),
        SPLIT_NOT_WHOLE(Severity.ERROR),
        UNKNOWN_COUNTRY(Severity.ERROR),
        UNKNOWN_PARTNER_TYPE(Severity.ERROR),
        UNKNOWN_LEVER(Severity.ERROR),
        STEPS_NOT_RISING(Severity.ERROR),
        ORDER_OF_ARRIVAL(Severity.ERROR),
        CEILINGS_OVERLAP(Severity.ERROR),
        // Days.
        VERSIONS_OVERLAP(Severity.ERROR),
        GAP_BETWEEN_VERSIONS(Severity.WARNING),
        NO_WHOLE_PERIOD(Severity.WARNING),
        PERIOD_CUT(Severity.WARNING),
        // What is paid.
        PAYS_LESS_FOR_MORE(Severity.ERROR),
        PAYS_MORE_THAN_SOLD(Severity.ERROR),
        PAYS_NOTHING(Severity.WARNING),
        CLIFF(Severity.WARNING),
        UNREACHABLE_STEP(Severity.ERROR),
        STEP_WITHOUT_EFFECT(Severity.WARNING),
        FLOOR_OUT_OF_REACH(Severity.ERROR),
        CAP_WITHOUT_EFFECT(Severity.WARNING),
        UNCAPPED_ACCELERATOR(Severity.WARNING),
        // Which sales.
        EXCEPTS_EVERYTHING(Severity.ERROR),
        OUTSIDE_OPEN_TO(Severity.ERROR),
        ALWAYS_YIELDS(Severity.ERROR),
        NOTHING_TO_STACK_ON(Severity.ERROR),
        ASKED_OF_NOTHING(Severity.ERROR),
        CIRCULAR_STACKING(Severity.ERROR),
        CIRCULAR_YIELDING(Severity.ERROR),
        SAME_LEVER_TWICE(Severity.WARNING),
        // What the catalogue knows.
        SELECTS_NOTHING(Severity.WARNING),
        UNKNOWN_VALUE(Severity.WARNING),
        UNKNOWN_CODE(Severity.WARNING),
        UNKNOWN_AREA(Severity.WARNING),
        UNKNOWN_MEASURE(Severity.WARNING),
        SAME_CONDITION_TWICE(Severity.WARNING);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        public Severity severity() {
            return severity;
        }

        /** As commands and corpora write it: pays-less-for-more. */
        public String key() {
            return Written.word(this);
        }
    }
}
