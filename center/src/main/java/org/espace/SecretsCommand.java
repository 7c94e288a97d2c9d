package org.espace;

import java.util.Map;
import java.util.TreeMap;
import org.espace.web.SecretsRotation;
import picocli.CommandLine.Command;

@Command(
        name = "secrets",
        description = "Look after the key that seals secrets.",
        subcommands = SecretsCommand.Rotate.class)
final class SecretsCommand extends InstanceCommand {

    @Override
    void run(Home home) {
        throw new Refusal("Say what to do: ./espace secrets rotate.");
    }

    @Command(
            name = "rotate",
            description = {
                "Put a new key first in secret.key and seal with it all that the database keeps sealed.",
                "A running server goes on serving and takes the new key at once. What was interrupted is finished by the next"
                        + " call. Afterwards the older keys in the file are needed by older backups alone."
            })
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
                    throw new Refusal(
                            outcome.left() + " values were written meanwhile with an older key. Call it again.");
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
