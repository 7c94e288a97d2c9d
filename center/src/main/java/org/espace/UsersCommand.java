package org.espace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.espace.access.RosterFault;
import org.espace.access.RosterFileRefused;
import org.espace.onboarding.ListTaken;
import org.espace.onboarding.SetUps;
import org.espace.web.Messages;
import org.espace.web.Worded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "users",
        subcommands = UsersCommand.Load.class)
final class UsersCommand extends InstanceCommand {

    @Override
    void run(Home home) {
        throw toChoose();
    }

    /** Why none of a list can be read. */
    private static final class ListRefused extends Worded {

        private static final long serialVersionUID = 1;

        ListRefused(RosterFileRefused refused) {
            super("roster.refused." + refused.code(), "detail", refused.detail());
        }
    }

    @Command(
            name = "load")
    static final class Load extends InstanceCommand {

        @Parameters(paramLabel = "FILE")
        private Path file = Path.of("");

        @Override
        void run(Home home) throws IOException {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new Refusal("no-file", "file", file);
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
                throw new ListRefused(refused);
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
                    Messages.in(Locale.getDefault()).text("roster.fault." + fault.code()),
                    fault.code());
        }
    }
}
