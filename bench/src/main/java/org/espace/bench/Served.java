package org.espace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The demo, served by a process of its own as anybody starts it, and visitors that sign in to it. */
final class Served implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("\"url\" ?: ?\"([^\"]+)\"");
    private static final Pattern ACCOUNT =
            Pattern.compile("\"email\" ?: ?\"([^\"]+)\"[^}]*\"temporaryPassword\" ?: ?\"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String OWN_PASSWORD = "tidal-otter-lamp-94";

    private final Program program;
    private final Process process;
    private final URI address;
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param home the demo's folder, which no other instance uses */
    Served(Path home) throws IOException {
        this(Program.launched(home));
    }

    Served(Program program) throws IOException {
        this.program = program;
        var demo = program.command("demo", "--json", "--port", "0");
        demo.environment().put("ESPACE_SIGN_IN_ATTEMPTS_PER_MINUTE", "1000000");
        process = demo.start();
        var answer = new StringBuilder();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        var url = ADDRESS.matcher(answer);
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            answer.append(line).append('\n');
            if (line.equals("}") || (line.startsWith("{") && line.endsWith("}"))) {
                break;
            }
        }
        if (!url.reset(answer).find()) {
            throw new IOException("the demo said no address: " + answer);
        }
        address = URI.create(url.group(1));
        var accounts = ACCOUNT.matcher(answer);
        while (accounts.find()) {
            passwords.put(accounts.group(1), accounts.group(2));
        }
    }

    /** Another command on the same instance, to its end. */
    void run(String... words) throws IOException, InterruptedException {
        program.run(words);
    }

    Path lake() {
        return program.home().resolve("lake");
    }

    /** A browser without a picture: its cookies, and what it asks for. */
    final class Visitor {

        private final Map<String, String> cookies = new LinkedHashMap<>();

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(address.resolve(path)).GET(), BodyHandlers.ofString());
        }

        /** How many bytes there were. */
        long download(String path) throws IOException, InterruptedException {
            var answer = send(HttpRequest.newBuilder(address.resolve(path)).GET(), BodyHandlers.ofInputStream());
            try (var bytes = answer.body()) {
                return bytes.transferTo(OutputStream.nullOutputStream());
            }
        }

        HttpResponse<String> post(String path, Map<String, String> fields, String token)
                throws IOException, InterruptedException {
            var all = new LinkedHashMap<>(fields);
            all.put("_csrf", token);
            var body = all.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                    .collect(Collectors.joining("&"));
            return send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body)),
                    BodyHandlers.ofString());
        }

        /** Signs in, and chooses a password where the temporary one still stands. */
        Visitor signIn(String email) throws IOException, InterruptedException {
            attempt(email, token(get("/login")));
            if (home().equals("/password")) {
                post("/password", Map.of("password", OWN_PASSWORD, "repeated", OWN_PASSWORD), token(get("/password")));
                passwords.put(email, OWN_PASSWORD);
            }
            return this;
        }

        /** Where the start page leads. */
        String home() throws IOException, InterruptedException {
            return address.resolve(get("/").headers().firstValue("Location").orElse(""))
                    .getPath();
        }

        /** Sends the form of the sign-in page. */
        HttpResponse<String> attempt(String email, String token) throws IOException, InterruptedException {
            var password = Objects.requireNonNull(passwords.get(email), email);
            var answer = post("/login", Map.of("email", email, "password", password), token);
            var target = answer.headers().firstValue("Location").orElse("");
            if (answer.statusCode() != 302 || target.contains("/login")) {
                throw new IOException(email + " was not let in: " + answer.statusCode() + " " + target);
            }
            return answer;
        }

        private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
                throws IOException, InterruptedException {
            request.timeout(Duration.ofMinutes(2));
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            var answer = client.send(request.build(), body);
            for (var cookie : answer.headers().allValues("Set-Cookie")) {
                var parts = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(parts[0], parts[1]);
            }
            if (answer.statusCode() >= 400) {
                throw new IOException(answer.request().uri() + " answers " + answer.statusCode());
            }
            return answer;
        }
    }

    static String token(HttpResponse<String> page) throws IOException {
        var token = TOKEN.matcher(page.body());
        if (!token.find()) {
            throw new IOException(page.uri() + " has no form");
        }
        return token.group(1);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
