package org.espace;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import picocli.CommandLine.Command;

/**
 * The run from which the JVM learns what to keep in its start-up cache: it begins an instance, then starts it again as every
 * later start does, and asks itself for pages.
 */
@Command(name = "practice", hidden = true)
final class PracticeCommand extends InstanceCommand {

    @Override
    void run(Home home) throws Exception {
        visit(home);
        visit(home);
    }

    private static void visit(Home home) throws Exception {
        try (var center = Center.serve(home, "localhost", 0);
                var client = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            var page = URI.create("http://localhost:" + center.port() + "/");
            client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
        }
    }
}
