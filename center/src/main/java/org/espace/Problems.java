package org.espace;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.batch.RunnerProcess;
import org.espace.feed.FileRefused;
import org.espace.feed.MappingInvalid;
import org.espace.paper.FactsInvalid;
import org.espace.postgres.PostgresUnavailable;
import org.espace.programs.TermsWords;
import org.espace.terms.TermsInvalid;
import org.espace.web.Messages;
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
    static String oneLine(Exception problem, Path log) {
        return Stream.iterate((Throwable) problem, cause -> cause != null, Throwable::getCause)
                .map(Problems::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> unknown(problem, log))
                .replaceAll("\\s*\\R\\s*", " ");
    }

    private static Optional<String> known(Throwable problem) {
        return switch (problem) {
            case Refusal refusal -> Optional.of(String.valueOf(refusal.getMessage()));
            case PostgresUnavailable unavailable -> Optional.of(String.valueOf(unavailable.getMessage()));
            case FlywayValidateException _ ->
                Optional.of("The database was made by another version of Espace: use that version, or a newer one,"
                        + " or another folder with ESPACE_HOME.");
            case MappingInvalid mapping -> Optional.of(String.valueOf(mapping.getMessage()));
            case TermsInvalid terms -> Optional.of(new TermsWords(Locale.getDefault()).of(terms));
            case FactsInvalid facts -> Optional.of(String.valueOf(facts.getMessage()));
            case FileRefused file -> Optional.of(refused(file));
            case RunnerProcess.Stopped stopped -> Optional.of("The refresh stopped: " + stopped.getMessage() + ".");
            case PortInUseException port -> Optional.of(portInUse(port.getPort()));
            default ->
                Optional.of(problem)
                        .filter(refused ->
                                AnnotatedElementUtils.hasAnnotation(refused.getClass(), ResponseStatus.class))
                        .map(refused -> String.valueOf(refused.getMessage()));
        };
    }

    private static String refused(FileRefused file) {
        var words = Messages.in(Locale.ENGLISH);
        return Stream.of("refusal." + file.code(), "refusal." + file.code() + ".hint")
                .filter(words::has)
                .map(key -> words.text(key, file.arguments()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" "), text -> text.isEmpty() ? String.valueOf(file.getMessage()) : text));
    }

    static String portInUse(int port) {
        return "Port " + port + " is in use: stop the program that uses it, or choose another with --port.";
    }

    private static String unknown(Exception problem, Path log) {
        var trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        var root = Objects.requireNonNull(NestedExceptionUtils.getMostSpecificCause(problem));
        var words = root.getClass().getSimpleName() + ": " + root.getMessage();
        var summary = words.substring(0, Math.min(words.length(), LONGEST_SUMMARY));
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, trace.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return summary + " (details in " + log + ")";
        } catch (IOException e) {
            return summary;
        }
    }
}
