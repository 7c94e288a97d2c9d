package org.espace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.espace.access.RosterFault;
import org.espace.access.RosterFileRefused;
import org.espace.onboarding.ListTaken;
import org.espace.onboarding.SetUps;
import org.espace.web.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "users",
        description = "Hand organizations the lists of their users.",
        subcommands = UsersCommand.Load.class)
final class UsersCommand extends InstanceCommand {

    @Override
    void run(Home home) {
        throw new Refusal("Say what to do: ./espace users load FILE.");
    }

    @Command(
            name = "load",
            description = {
                "Load a list of users, organization by organization: a CSV with the columns partner, email, first_name,"
                        + " last_name, role, and, if wanted, location and program.",
                "The administrator of each organization gets a mail with the list and a link; the same file again changes"
                        + " nothing."
            })
    static final class Load extends InstanceCommand {

        @Parameters(paramLabel = "FILE", description = "The list.")
        private Path file = Path.of("");

        @Override
        void run(Home home) throws IOException {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new Refusal("There is no file " + file + " that can be read.");
            }
            var bytes = Files.readAllBytes(file);
            try (var center = Center.open(home)) {
                var taken = take(center.room(SetUps.class), bytes);
                if (json()) {
                    answer(taken);
                }
                tell(taken);
            }
        }

        private static ListTaken take(SetUps setUps, byte[] bytes) {
            try {
                return setUps.load(bytes, "command line");
            } catch (RosterFileRefused refused) {
                throw new Refusal(Messages.in(Locale.ENGLISH)
                        .text("roster.refused." + refused.code(), Map.of("detail", refused.detail())));
            }
        }

        private void tell(ListTaken taken) {
            for (var one : taken.organizations()) {
                say(String.format(
                        Locale.ROOT,
                        "%s %s: %,d new on the list, %,d there before%s",
                        one.number(),
                        one.name(),
                        one.added(),
                        one.known(),
                        one.told().isEmpty() ? "" : "; the mail goes to " + one.told()));
            }
            taken.faults().forEach(fault -> say(words(fault)));
            say(String.format(Locale.ROOT, "refused rows: %,d", taken.refused()));
        }

        private static String words(RosterFault fault) {
            return String.format(
                    Locale.ROOT,
                    "  row %d, %s '%s': %s (%s)",
                    fault.number(),
                    fault.field(),
                    fault.value(),
                    Messages.in(Locale.ENGLISH).text("roster.fault." + fault.code()),
                    fault.code());
        }
    }
}
