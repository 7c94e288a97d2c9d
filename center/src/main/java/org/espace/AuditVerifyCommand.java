package org.espace;

import java.util.Optional;
import org.espace.audit.Anchor;
import org.espace.audit.Entries;
import org.espace.audit.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
        name = "verify")
final class AuditVerifyCommand extends InstanceCommand {

    @Option(
            names = "--anchor",
            paramLabel = "NUMBER:HASH")
    private @Nullable String anchor;

    private boolean sound = true;

    @Override
    void run(Home home) {
        try (var center = Center.open(home)) {
            var verdict = center.room(Entries.class).verify(anchor());
            sound = verdict.isSound();
            if (json()) {
                answer(verdict);
            }
            say(inWords(verdict));
        }
    }

    private Optional<Anchor> anchor() {
        try {
            return Optional.ofNullable(anchor).map(Anchor::of);
        } catch (IllegalArgumentException _) {
            throw new Refusal("anchor");
        }
    }

    @Override
    int exitCode() {
        return sound ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String inWords(Verdict verdict) {
        var fault = verdict.fault();
        if (fault == null) {
            return verdict.entries() + " entries, all as they were written. Keep this elsewhere: " + verdict.head();
        }
        var sentence = switch (fault.kind()) {
            case CHANGED -> "Entry %d says something else than when it was written.";
            case DETACHED ->
                "Entry %d does not follow the one before it: what stood between was taken out or replaced.";
            case MISSING -> "Entry %d is not there.";
            case ANOTHER_CHAIN -> "Entry %d is not the one that the anchor was taken from: the chain was written anew.";
        };
        return sentence.formatted(fault.number()) + " Before it, " + verdict.entries() + " are as they were written.";
    }
}
