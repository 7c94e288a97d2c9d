package org.espace;

import java.util.Map;
import java.util.TreeMap;
import org.espace.web.SecretsRotation;
import picocli.CommandLine.Command;

@Command(
        name = "secrets",
        subcommands = SecretsCommand.Rotate.class)
final class SecretsCommand extends InstanceCommand {

    @Override
    void run(Home home) {
        throw toChoose();
    }

    @Command(
            name = "rotate")
    static final class Rotate extends InstanceCommand {

        @Override
        void run(Home home) {
            try (var center = Center.open(home)) {
                var outcome = rotated(center.room(SecretsRotation.class));
                if (json()) {
                    answer(Map.of(
                            "newKey",
                            outcome.newKey(),
                            "sealedAgain",
                            outcome.sum(),
                            "byKind",
                            new TreeMap<>(outcome.sealed()),
                            "unreadable",
                            outcome.unreadable(),
                            "left",
                            outcome.left()));
                }
                say((outcome.newKey() ? "There is a new key. " : "An earlier change of the key is finished. ")
                        + outcome.sum() + " values have been sealed again.");
                if (outcome.unreadable() > 0) {
                    say(outcome.unreadable() + " values do not open and stay as they are; the log names them.");
                }
                if (outcome.left() > 0) {
                    throw new Refusal("sealed-meanwhile", "count", outcome.left());
                }
                say(
                        "Nothing is sealed with an older key any more: once no backup needs them, the lines below the first of "
                                + home.folder().resolve("secret.key") + " can be removed.");
            }
        }

        private static SecretsRotation.Outcome rotated(SecretsRotation rotation) {
            try (var progress = ProgressBar.onStandardError()) {
                return rotation.run(progress);
            }
        }
    }
}
