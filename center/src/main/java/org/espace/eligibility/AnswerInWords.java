package org.espace.eligibility;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espace.money.Money;
import org.espace.terms.Condition;
import org.espace.terms.Requirement;
import org.espace.web.Page;

/** An answer as a sentence in the reader's language, and what would change it and who can. */
public final class AnswerInWords {

    private AnswerInWords() {}

    public static String reason(Answer answer, Page page) {
        return page.worded("eligibility.reason", answer.reason(), arguments(answer));
    }

    /** Empty where nothing is to be done, or nothing can. */
    public static Optional<String> hint(Answer answer, Page page) {
        if (answer.state() == Answer.State.MET) {
            return Optional.empty();
        }
        var ofReason = page.hint("eligibility.reason", answer.reason(), arguments(answer));
        return ofReason == null
                ? Optional.ofNullable(page.hint("eligibility.condition", key(answer.condition()), arguments(answer)))
                : Optional.of(ofReason);
    }

    /** Days as days, amounts as amounts and numbers as numbers, so that each reads as it does elsewhere. */
    private static Map<String, Object> arguments(Answer answer) {
        var arguments = new HashMap<String, Object>();
        answer.evidence().forEach((name, value) -> arguments.put(name, readable(value)));
        return arguments;
    }

    private static Object readable(String value) {
        if (value.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return LocalDate.parse(value);
        }
        if (value.matches("-?\\d+(\\.\\d+)? [A-Z]{3}")) {
            var parts = value.split(" ", 2);
            return Money.of(parts[0], parts[1]);
        }
        if (value.matches("\\d{1,9}")) {
            return Integer.valueOf(value);
        }
        return value.matches("-?\\d+(\\.\\d+)?") ? new BigDecimal(value) : value;
    }

    private static String key(Condition condition) {
        return switch (condition) {
            case Condition.OpenTo _ -> "open-to";
            case Requirement requirement -> requirement.kind().key();
            case Condition.Designation _ -> "designation";
            case Condition.Points _ -> "points";
            case Condition.AnyOf _ -> "any-of";
            case Condition.FirstSale _ -> "first-sale";
            case Condition.ActivelyReselling _ -> "actively-reselling";
            case Condition.TrailingRevenue _ -> "trailing-revenue";
            case Condition.Measure _ -> "measure";
        };
    }
}
