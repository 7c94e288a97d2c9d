package org.espace;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import picocli.CommandLine.Command;

/** The run from which the JVM learns what to keep in its start-up cache: it asks itself for pages and leaves. */
@Command(name = "practice", hidden = true)
final class PracticeCommand extends InstanceCommand {

    @Override
    void run(Home home) throws Exception {
        try (var center = Center.serve(home, "localhost", 0);
                var client = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            var page = URI.create("http://localhost:" + center.port() + "/");
            client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
        }
    }
}
