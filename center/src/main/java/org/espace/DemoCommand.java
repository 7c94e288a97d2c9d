package org.espace;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.espace.demo.Demo;
import org.espace.demo.DemoAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo")
final class DemoCommand extends ServerCommand {

    @Option(names = "--fresh")
    private boolean fresh;

    @Override
    Home home() {
        return Home.ofDemo();
    }

    @Override
    String[] settings() {
        return new String[] {"--espace.demo=true"};
    }

    @Override
    void prepare(Home home) throws IOException {
        home.markAsDemo();
        if (fresh) {
            home.clear();
        }
        say("Starting the demo…");
    }

    @Override
    void ready(Home home, Center center, String url) {
        var accounts = accounts(center);
        if (json()) {
            answer(new Ready(
                    url, home.folder().toString(), ProcessHandle.current().pid(), accounts));
        }
        say("The demo is at " + url + " (kept in " + home.folder() + "). Sign in as one of:");
        for (var account : accounts) {
            say(String.format(
                    Locale.ROOT,
                    "  %-32s %s",
                    account.email(),
                    account.temporaryPassword() == null
                            ? "with the password chosen earlier"
                            : "temporary password " + account.temporaryPassword()));
        }
        say("Stop it with Ctrl-C.");
    }

    private static List<DemoAccount> accounts(Center center) {
        try (var bar = ProgressBar.onStandardError()) {
            return center.room(Demo.class).prepare(bar);
        }
    }

    private record Ready(String url, String home, long process, List<DemoAccount> accounts) {}
}
