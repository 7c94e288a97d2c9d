package org.espace;

import java.io.IOException;
import org.espace.programs.TermsWords;
import org.espace.terms.CanonicalTerms;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Print terms canonically: one order of keys, one form of numbers, no comments.",
            "Its SHA-256 stands in the first line; two texts that promise the same have the same."
        })
final class TermsShowCommand extends TermsTextCommand {

    @Parameters(paramLabel = "TERMS", description = "A file, or PROGRAM/VERSION.")
    private String named;

    @Option(names = "--as-written", description = "Print the text as it was handed in.")
    private boolean asWritten;

    @Override
    void run(Home home, TermsWords words) throws IOException {
        var text = text(named, home);
        var terms = TermsReader.read(text);
        var canonical = CanonicalTerms.of(terms);
        if (json()) {
            answer(Document.of(terms, canonical, text));
        }
        if (asWritten) {
            say(text.stripTrailing());
        } else {
            say("# sha256 " + canonical.sha256());
            say(canonical.text().stripTrailing());
        }
    }

    private record Document(
            String program, String version, String from, String until, String sha256, String canonical, String text) {

        static Document of(Terms terms, CanonicalTerms canonical, String text) {
            return new Document(
                    terms.program(),
                    terms.version(),
                    terms.effective().from().toString(),
                    terms.effective().until().toString(),
                    canonical.sha256(),
                    canonical.text(),
                    text);
        }
    }
}
