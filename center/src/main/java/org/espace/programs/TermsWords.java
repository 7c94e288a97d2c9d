package org.espace.programs;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.espace.terms.Finding;
import org.espace.terms.Terms;
import org.espace.terms.TermsDiff;
import org.espace.terms.TermsInvalid;
import org.espace.web.Formats;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;

/** What is found in terms, and what differs between two versions, as a sentence in one language. */
public final class TermsWords {

    private final Messages messages;
    private final Formats formats;

    public TermsWords(Locale locale) {
        messages = Messages.in(locale);
        formats = Formats.in(locale);
    }

    public String of(Finding finding) {
        var readable = new HashMap<String, Object>();
        finding.arguments().forEach((name, value) -> readable.put(name, readable(value)));
        return messages.text("finding." + finding.code(), readable);
    }

    private Object readable(Object value) {
        return switch (value) {
            case TermsInvalid.Problem problem -> of(problem);
            case String text -> word(text);
            default -> formats.argument(value);
        };
    }

    /** Everything that is wrong with a text that is no terms, by line. */
    public String of(TermsFaulty faulty) {
        return faulty.findings().stream()
                .map(finding -> messages.text(
                        "wrong.line", Map.of("line", Integer.toString(finding.line()), "problem", of(finding))))
                .collect(Collectors.joining("; "));
    }

    public String of(TermsInvalid invalid) {
        return invalid.problems().stream()
                .map(problem -> messages.text(
                        "wrong.line", Map.of("line", Integer.toString(problem.line()), "problem", of(problem))))
                .collect(Collectors.joining("; "));
    }

    /** What terms are written in stays as it is written. */
    public String of(TermsInvalid.Problem problem) {
        var readable = new HashMap<String, Object>();
        problem.arguments()
                .forEach((name, value) -> readable.put(
                        name,
                        value instanceof Collection<?> all
                                ? all.stream().map(String::valueOf).collect(Collectors.joining(", "))
                                : formats.argument(value)));
        var text = messages.text("wrong." + problem.wrong(), readable);
        var at = readable.get(TermsInvalid.Problem.AT);
        return at == null ? text : messages.text("wrong.at", Map.of("at", at, "problem", text));
    }

    public String of(Finding.Severity severity) {
        return messages.text("finding.severity." + severity);
    }

    public String of(TermsDiff.Change change) {
        var arguments = new HashMap<String, Object>(
                Map.of("what", change.path().stream().map(this::word).collect(Collectors.joining(" › "))));
        putUnlessNull(arguments, "from", change.from());
        putUnlessNull(arguments, "to", change.to());
        return messages.text("change." + change.kind(), arguments);
    }

    public String nothingFound() {
        return messages.text("finding.none");
    }

    public String nothingDiffers() {
        return messages.text("change.none");
    }

    public String published(Terms terms, String sha256) {
        var effective = terms.effective();
        return messages.text(
                "change.published",
                Map.of(
                        "program", terms.program(),
                        "version", terms.version(),
                        "first", formats.date(effective.from()),
                        "last", formats.date(effective.until().minusDays(1)),
                        "sha256", sha256));
    }

    /** A word that terms are written in is put into the reader's; anything else, such as a lever's id, stays. */
    private String word(String text) {
        return messages.has("word." + text) ? messages.text("word." + text) : text;
    }

    private static void putUnlessNull(Map<String, Object> arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.put(name, value);
        }
    }
}
