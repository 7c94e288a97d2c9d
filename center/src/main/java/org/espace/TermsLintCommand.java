package org.espace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espace.earnings.SoldCatalogue;
import org.espace.engine.Catalogues;
import org.espace.paper.FactsFolder;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.programs.TermsWords;
import org.espace.terms.Catalogue;
import org.espace.terms.Terms;
import org.espace.terms.TermsInvalid;
import org.espace.terms.TermsLint;
import org.espace.terms.TermsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint")
final class TermsLintCommand extends TermsTextCommand {

    private static final String INSTANCE = "instance";

    @Parameters(arity = "1..*", paramLabel = "TERMS")
    private List<String> named = new ArrayList<>();

    @Option(
            names = "--catalogue",
            paramLabel = "DIR|instance")
    private @Nullable String catalogue;

    private boolean errors;

    @Override
    void run(Home home, TermsWords words) throws IOException {
        var texts = new ArrayList<String>();
        for (var name : named) {
            texts.add(text(name, home));
        }
        var others = new ArrayList<Terms>();
        texts.forEach(text -> read(text).ifPresent(others::add));
        if (INSTANCE.equals(catalogue)) {
            center(home).room(Programs.class).all().stream()
                    .map(PublishedTerms::terms)
                    .forEach(others::add);
        }
        var known = catalogue(home, List.copyOf(others));
        var found = new ArrayList<FoundInTerms>();
        for (var i = 0; i < texts.size(); i++) {
            found.addAll(FoundInTerms.of(named.get(i), TermsLint.of(texts.get(i), others, known), words));
        }
        errors = FoundInTerms.hasErrors(found);
        if (json()) {
            answer(new Document(found));
        }
        found.forEach(finding -> say(finding.onOneLine(words)));
        if (found.isEmpty()) {
            say(words.nothingFound());
        }
    }

    @Override
    int exitCode() {
        return errors ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private Optional<Catalogue> catalogue(Home home, List<Terms> terms) {
        if (catalogue == null) {
            return Optional.empty();
        }
        if (catalogue.equals(INSTANCE)) {
            return Optional.of(center(home).room(SoldCatalogue.class).now());
        }
        return Optional.of(
                Catalogues.of(FactsFolder.read(Path.of(catalogue), terms, null).facts()));
    }

    /** Texts that are no terms are found out by the lint. */
    private static Optional<Terms> read(String text) {
        try {
            return Optional.of(TermsReader.read(text));
        } catch (TermsInvalid _) {
            return Optional.empty();
        }
    }

    private record Document(List<FoundInTerms> findings) {}
}
