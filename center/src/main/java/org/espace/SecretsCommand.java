package org.espace;

import java.util.Map;
import org.espace.web.KeepsSecrets;
import org.espace.web.Secrets;
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
                "Put a new key first in secret.key and seal the numbers of accounts and taxes with it.",
                "Earlier keys stay in the file and open what they have sealed; a running server takes the new one when it"
                        + " meets it, at the latest when it is started again."
            })
    static final class Rotate extends InstanceCommand {

        @Override
        void run(Home home) {
            try (var center = Center.open(home)) {
                center.room(Secrets.class).changeKey();
                var count = center.rooms(KeepsSecrets.class)
                        .mapToInt(KeepsSecrets::sealAgain)
                        .sum();
                if (json()) {
                    answer(Map.of("sealedAgain", count));
                }
                say("There is a new key. " + count + " numbers have been sealed with it.");
            }
        }
    }
}
