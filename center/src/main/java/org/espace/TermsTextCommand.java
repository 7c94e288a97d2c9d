package org.espace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.espace.programs.Programs;
import org.espace.programs.TermsWords;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands about terms share: texts from files or from the instance, which is opened only when it is asked. */
abstract class TermsTextCommand extends InstanceCommand {

    private static final long LARGEST = 1 << 20;

    @Option(
            names = "--lang",
            paramLabel = "EN|FR")
    private @Nullable String language;

    private @Nullable Center center;

    abstract void run(Home home, TermsWords words) throws Exception;

    @Override
    boolean needsFolder() {
        return false;
    }

    @Override
    Locale locale() {
        return language == null ? super.locale() : Locale.of(language.toLowerCase(Locale.ROOT));
    }

    @Override
    void run(Home home) throws Exception {
        try {
            run(home, new TermsWords(locale()));
        } finally {
            if (center != null) {
                center.close();
            }
        }
    }

    Center center(Home home) {
        if (center == null) {
            center = Center.open(home.prepared());
        }
        return center;
    }

    /** The text of a file, or of PROGRAM/VERSION. */
    String text(String named, Home home) throws IOException {
        var file = file(named);
        if (file.isPresent()) {
            return text(file.get());
        }
        var slash = named.indexOf('/');
        if (slash < 1 || slash != named.lastIndexOf('/') || named.endsWith(".yaml")) {
            throw new Refusal("no-terms-file", "file", named);
        }
        return center(home)
                .room(Programs.class)
                .terms(named.substring(0, slash), named.substring(slash + 1))
                .text();
    }

    static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Refusal("no-file", "file", file);
        }
        if (Files.size(file) > LARGEST) {
            throw new Refusal("terms-too-large", "file", file);
        }
        try {
            return Files.readString(file, UTF_8);
        } catch (CharacterCodingException _) {
            throw new Refusal("not-utf-8", "file", file);
        }
    }

    private static Optional<Path> file(String named) {
        try {
            return Optional.of(Path.of(named)).filter(Files::isRegularFile);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
