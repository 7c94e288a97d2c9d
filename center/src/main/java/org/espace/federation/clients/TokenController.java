package org.espace.federation.clients;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.federation.Credential;
import org.espace.federation.MachineThrottle;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The token endpoint of RFC 6749 for client credentials (section 4.4). */
@RestController
@Needs(Right.ENTER)
class TokenController {

    private final ApiClients clients;
    private final MachineThrottle throttle;

    TokenController(ApiClients clients, MachineThrottle throttle) {
        this.clients = clients;
        this.throttle = throttle;
    }

    private record Login(String id, String secret) {}

    @PostMapping(path = "/oauth2/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Map<String, Object>> token(
            @RequestParam MultiValueMap<String, String> form, HttpServletRequest request) {
        if (form.values().stream().anyMatch(values -> values.size() > 1) || request.getQueryString() != null) {
            return refused(HttpStatus.BAD_REQUEST, "invalid_request", "each parameter once, in the body");
        }
        var basic = basic(request.getHeader("Authorization"));
        if (basic.isPresent() && form.containsKey("client_secret")) {
            return refused(HttpStatus.BAD_REQUEST, "invalid_request", "one way to authenticate, not two");
        }
        if (!"client_credentials".equals(form.getFirst("grant_type"))) {
            return refused(HttpStatus.BAD_REQUEST, "unsupported_grant_type", "grant_type is client_credentials");
        }
        var scopes = scopes(Optional.ofNullable(form.getFirst("scope")).orElse(""));
        var login = basic.or(() -> inBody(form));
        try {
            return scopes.isEmpty()
                    ? refused(HttpStatus.BAD_REQUEST, "invalid_scope", "unknown scope")
                    : login.flatMap(one -> clients.exchange(one.id(), new Credential(one.secret()), scopes.get()))
                            .map(TokenController::issued)
                            .orElseGet(() -> unknown(request));
        } catch (ScopeNotGranted _) {
            return refused(HttpStatus.BAD_REQUEST, "invalid_scope", "this client does not have this scope");
        }
    }

    /** Ids and secrets are form-encoded before they are joined (section 2.3.1). */
    private static Optional<Login> basic(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            var parts = new String(
                            Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8)
                    .split(":", 2);
            return parts.length < 2
                    ? Optional.empty()
                    : Optional.of(new Login(
                            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                            URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Login> inBody(MultiValueMap<String, String> form) {
        var id = form.getFirst("client_id");
        var secret = form.getFirst("client_secret");
        return id == null || secret == null ? Optional.empty() : Optional.of(new Login(id, secret));
    }

    /** Empty when one of them is unknown. */
    private static Optional<Set<ApiScope>> scopes(String text) {
        var scopes = EnumSet.noneOf(ApiScope.class);
        for (var code : text.strip().split(" +", -1)) {
            var scope = ApiScope.find(code);
            if (!code.isEmpty() && scope.isEmpty()) {
                return Optional.empty();
            }
            scope.ifPresent(scopes::add);
        }
        return Optional.of(scopes);
    }

    private static ResponseEntity<Map<String, Object>> issued(ApiClients.Exchanged exchanged) {
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(fields(
                        "access_token", exchanged.token().value(),
                        "token_type", "Bearer",
                        "expires_in", ApiClients.TOKEN_GOOD_FOR.toSeconds(),
                        "scope", ApiClients.written(exchanged.scopes())));
    }

    private ResponseEntity<Map<String, Object>> unknown(HttpServletRequest request) {
        return throttle.fails(request.getRemoteAddr())
                .map(wait -> ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header("Retry-After", Long.toString(wait.toSeconds()))
                        .body(fields("error", "invalid_client", "error_description", "too many failures")))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                        .header("WWW-Authenticate", "Basic realm=\"espace\"")
                        .header("Cache-Control", "no-store")
                        .body(fields("error", "invalid_client")));
    }

    private static ResponseEntity<Map<String, Object>> refused(HttpStatus status, String error, String description) {
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .body(fields("error", error, "error_description", description));
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
