package org.espace;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.batch.RunnerProcess;
import org.espace.feed.FileRefused;
import org.espace.feed.MappingInvalid;
import org.espace.paper.FactsInvalid;
import org.espace.postgres.PostgresUnavailable;
import org.espace.programs.TermsFaulty;
import org.espace.programs.TermsWords;
import org.espace.sales.LoadRefused;
import org.espace.terms.TermsInvalid;
import org.espace.web.Messages;
import org.espace.web.Worded;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Says in one line what went wrong. */
final class Problems {

    private static final int LONGEST_SUMMARY = 300;

    private Problems() {}

    /** What a user can act on is said; anything else is kept whole in the log, and its place is said. */
    static String oneLine(Exception problem, Path log, Locale locale) {
        return Stream.iterate((Throwable) problem, cause -> cause != null, Throwable::getCause)
                .map(cause -> known(cause, locale))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> unknown(problem, log, locale))
                .replaceAll("\\s*\\R\\s*", " ");
    }

    private static Optional<String> known(Throwable problem, Locale locale) {
        return switch (problem) {
            case Worded worded -> Optional.of(worded.in(locale));
            case TermsFaulty faulty -> Optional.of(new TermsWords(locale).of(faulty));
            case PostgresUnavailable unavailable -> Optional.of(String.valueOf(unavailable.getMessage()));
            case FlywayValidateException _ -> Optional.of(new Refusal("other-version").in(locale));
            case MappingInvalid mapping -> Optional.of(String.valueOf(mapping.getMessage()));
            case TermsInvalid terms -> Optional.of(new TermsWords(locale).of(terms));
            case FactsInvalid facts -> Optional.of(String.valueOf(facts.getMessage()));
            case LoadRefused load -> Optional.of(refused(load, locale));
            case FileRefused file -> Optional.of(refused(file, locale));
            case RunnerProcess.Stopped stopped -> Optional.of(new Refusal("stopped", "reason", String.valueOf(stopped.getMessage())).in(locale));
            case PortInUseException port -> Optional.of(new Refusal("port-in-use", "port", port.getPort()).in(locale));
            default ->
                Optional.of(problem)
                        .filter(refused ->
                                AnnotatedElementUtils.hasAnnotation(refused.getClass(), ResponseStatus.class))
                        .map(refused -> String.valueOf(refused.getMessage()));
        };
    }

    private static String refused(LoadRefused load, Locale locale) {
        var words = Messages.in(locale);
        var key = "refusal." + load.code();
        return words.text(
                "command.not-loaded",
                Map.of(
                        "file", load.file(),
                        "problem", words.text(key, load.arguments()),
                        "hint", words.text(key + ".hint", load.arguments())));
    }

    private static String refused(FileRefused file, Locale locale) {
        var words = Messages.in(locale);
        return Stream.of("refusal." + file.code(), "refusal." + file.code() + ".hint")
                .filter(words::has)
                .map(key -> words.text(key, file.arguments()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" "), text -> text.isEmpty() ? String.valueOf(file.getMessage()) : text));
    }

    private static String unknown(Exception problem, Path log, Locale locale) {
        var trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        var root = Objects.requireNonNull(NestedExceptionUtils.getMostSpecificCause(problem));
        var words = root.getClass().getSimpleName() + ": " + root.getMessage();
        var summary = words.substring(0, Math.min(words.length(), LONGEST_SUMMARY));
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, trace.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new Refusal("details", "summary", summary, "log", log).in(locale);
        } catch (IOException e) {
            return summary;
        }
    }
}
