package org.espace.federation.providers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID provider in this process, where everybody is signed in at once, and which misbehaves when it is told to. */
final class PracticeProvider implements AutoCloseable {

    static final String CLIENT = "espace";
    static final String SECRET = "the-secret-of-espace";

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private final Map<String, Instant> askedAnew = new ConcurrentHashMap<>();
    private final JsonMapper json = new JsonMapper();

    private Map<String, Object> person = Map.of();
    private Consumer<JWTClaimsSet.Builder> twist = claims -> {};
    private @Nullable RSAKey forger;
    private boolean signsWithSecret;
    private @Nullable String saysIssuer;
    private @Nullable String redirect;

    PracticeProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key).toString()));
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who signs in next. */
    PracticeProvider as(String subject, String email, boolean verified) {
        person = Map.of("sub", subject, "email", email, "email_verified", verified, "name", "Ada Lovelace");
        return this;
    }

    PracticeProvider twisting(Consumer<JWTClaimsSet.Builder> claims) {
        twist = claims;
        return this;
    }

    void signWithAnotherKey() throws JOSEException {
        forger = new RSAKeyGenerator(2048).keyID("one").generate();
    }

    void signWithTheSecret() {
        signsWithSecret = true;
    }

    void sayToBe(String issuer) {
        saysIssuer = issuer;
    }

    void redirectTo(String address) {
        redirect = address;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void describe(HttpExchange exchange) throws IOException {
        if (redirect != null) {
            exchange.getResponseHeaders().add("Location", redirect);
            answer(exchange, 302, "");
            return;
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", saysIssuer == null ? issuer() : saysIssuer);
        document.put("authorization_endpoint", issuer() + "/authorize");
        document.put("token_endpoint", issuer() + "/token");
        document.put("jwks_uri", issuer() + "/keys");
        document.put("response_types_supported", new String[] {"code"});
        document.put("subject_types_supported", new String[] {"public"});
        document.put("id_token_signing_alg_values_supported", new String[] {"RS256", "HS256"});
        answer(exchange, 200, json.writeValueAsString(document));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var code = UUID.randomUUID().toString();
        nonces.put(code, asked.getOrDefault("nonce", ""));
        if ("0".equals(asked.get("max_age"))) {
            askedAnew.put(code, Instant.now());
        }
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        asked.get("redirect_uri") + "?code=" + code + "&state="
                                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
        answer(exchange, 302, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        var asked = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var code = asked.getOrDefault("code", "");
        var nonce = nonces.remove(code);
        if (nonce == null || !asked.containsKey("code_verifier")) {
            answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
            return;
        }
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", nonce);
        person.forEach(claims::claim);
        if (askedAnew.containsKey(code)) {
            claims.claim("auth_time", askedAnew.get(code).getEpochSecond());
        }
        twist.accept(claims);
        answer(
                exchange,
                200,
                json.writeValueAsString(Map.of(
                        "access_token",
                        "unused",
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300,
                        "id_token",
                        signed(claims.build()))));
    }

    private String signed(JWTClaimsSet claims) {
        try {
            var header = new JWSHeader.Builder(signsWithSecret ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256)
                    .keyID("one")
                    .build();
            var token = new SignedJWT(header, claims);
            token.sign(
                    signsWithSecret
                            ? new MACSigner(Arrays.copyOf(SECRET.getBytes(StandardCharsets.UTF_8), 32))
                            : new RSASSASigner(forger == null ? key : forger));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(@Nullable String text) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : String.valueOf(text).split("&", -1)) {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void answer(HttpExchange exchange, int status, String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    /** What a browser does with our redirect: it goes there, and is sent back. */
    URI visit(String location) throws IOException, InterruptedException {
        try (var browser = HttpClient.newHttpClient()) {
            var answer = browser.send(
                    HttpRequest.newBuilder(URI.create(location)).build(), HttpResponse.BodyHandlers.discarding());
            return URI.create(answer.headers().firstValue("Location").orElseThrow());
        }
    }
}
