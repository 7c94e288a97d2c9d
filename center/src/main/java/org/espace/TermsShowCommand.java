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
        name = "show")
final class TermsShowCommand extends TermsTextCommand {

    @Parameters(paramLabel = "TERMS")
    private String named;

    @Option(names = "--as-written")
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
