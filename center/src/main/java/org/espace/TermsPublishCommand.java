package org.espace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espace.earnings.SoldCatalogue;
import org.espace.programs.Programs;
import org.espace.programs.TermsWords;
import org.espace.terms.CanonicalTerms;
import org.espace.terms.TermsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish")
final class TermsPublishCommand extends TermsTextCommand {

    @Parameters(paramLabel = "FILE")
    private Path file;

    private boolean errors;

    @Override
    boolean needsFolder() {
        return true;
    }

    @Override
    void run(Home home, TermsWords words) throws IOException {
        var text = text(file);
        var programs = center(home).room(Programs.class);
        var catalogue = center(home).room(SoldCatalogue.class).now();
        var found = FoundInTerms.of(file.toString(), programs.findings(text, Optional.of(catalogue)), words);
        found.forEach(finding -> say(finding.onOneLine(words)));
        errors = FoundInTerms.hasErrors(found);
        if (errors) {
            if (json()) {
                answer(new Document(false, null, null, null, found));
            }
            return;
        }
        programs.publish(text, "command line");
        var terms = TermsReader.read(text);
        var sha256 = CanonicalTerms.of(terms).sha256();
        if (json()) {
            answer(new Document(true, terms.program(), terms.version(), sha256, found));
        }
        say(words.published(terms, sha256));
    }

    @Override
    int exitCode() {
        return errors ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private record Document(
            boolean published,
            @Nullable String program,
            @Nullable String version,
            @Nullable String sha256,
            List<FoundInTerms> findings) {}
}
