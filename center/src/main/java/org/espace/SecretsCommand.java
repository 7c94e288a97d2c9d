package org.espace;

import java.util.Map;
import org.espace.web.KeepsSecrets;
import org.espace.web.Secrets;
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
