package org.espace;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.espace.programs.TermsWords;
import org.espace.terms.TermsDiff;
import org.espace.terms.TermsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "diff")
final class TermsDiffCommand extends TermsTextCommand {

    @Parameters(index = "0", paramLabel = "BEFORE")
    private String before;

    @Parameters(index = "1", paramLabel = "AFTER")
    private String after;

    @Override
    void run(Home home, TermsWords words) throws IOException {
        var changes = TermsDiff.between(TermsReader.read(text(before, home)), TermsReader.read(text(after, home)));
        if (json()) {
            answer(new Document(
                    changes.stream().map(change -> Difference.of(change, words)).toList()));
        }
        changes.forEach(change -> say(words.of(change)));
        if (changes.isEmpty()) {
            say(words.nothingDiffers());
        }
    }

    private record Document(List<Difference> changes) {}

    private record Difference(
            List<String> path,
            String kind,
            @Nullable String from,
            @Nullable String to,
            String text) {

        static Difference of(TermsDiff.Change change, TermsWords words) {
            return new Difference(
                    change.path(),
                    change.kind().name().toLowerCase(Locale.ROOT),
                    change.from(),
                    change.to(),
                    words.of(change));
        }
    }
}
