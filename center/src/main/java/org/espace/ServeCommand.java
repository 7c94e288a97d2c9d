package org.espace;

import picocli.CommandLine.Command;

@Command(name = "serve")
final class ServeCommand extends ServerCommand {

    @Override
    void prepare(Home home) {
        say("Starting…");
    }

    @Override
    void ready(Home home, Center center, String url) {
        if (json()) {
            answer(new Served(
                    url, home.folder().toString(), ProcessHandle.current().pid()));
        }
        say("Espace is at " + url + " (instance " + home.folder() + "). Stop it with Ctrl-C.");
    }

    private record Served(String url, String home, long process) {}
}
