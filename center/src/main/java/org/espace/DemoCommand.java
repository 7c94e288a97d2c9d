package org.espace;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Serve an invented vendor's business year until Ctrl-C.",
            "It lives in ESPACE_HOME, or else in ~/.espace-demo, so that it never mixes with an instance in ~/.espace."
        })
final class DemoCommand extends ServerCommand {

    @Option(names = "--fresh", description = "Start over: delete the demo's data first.")
    private boolean fresh;

    @Override
    Home home() {
        return Home.ofDemo();
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
        if (json()) {
            answer(new Demo(
                    url, home.folder().toString(), ProcessHandle.current().pid()));
        }
        say("The demo is at " + url + " (kept in " + home.folder() + "). Stop it with Ctrl-C.");
    }

    private record Demo(String url, String home, long process) {}
}
