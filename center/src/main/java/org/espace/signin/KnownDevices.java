package org.espace.signin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.espace.web.SecretUnreadable;
import org.espace.web.Secrets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Tells the browsers that somebody has signed in from before by a sealed cookie, so that what others do to an account
 * does not slow down its owner. It opens nothing.
 */
@Component
class KnownDevices {

    private static final String COOKIE = "device";
    private static final Duration LASTS = Duration.ofDays(180);

    /** People who share a browser. */
    private static final int MOST = 6;

    private final Secrets secrets;
    private final Clock clock;

    KnownDevices(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    private record Device(String id, LocalDate since, List<String> accounts) {}

    Origin origin(HttpServletRequest request, String email) {
        return read(request)
                .filter(device -> device.accounts().contains(name(email)))
                .map(device -> Origin.device(device.id()))
                .orElseGet(() -> Origin.network(request.getRemoteAddr()));
    }

    void remember(HttpServletRequest request, HttpServletResponse response, String email) {
        var known = read(request);
        var accounts = new ArrayList<>(List.of(name(email)));
        known.ifPresent(device -> device.accounts().stream()
                .filter(other -> !accounts.contains(other))
                .limit(MOST - 1)
                .forEach(accounts::add));
        var id = known.map(Device::id).orElseGet(() -> UUID.randomUUID().toString());
        var text = id + " " + LocalDate.now(clock) + " " + String.join(" ", accounts);
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, secrets.seal(text, COOKIE))
                        .path("/")
                        .maxAge(LASTS)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    private Optional<Device> read(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .findFirst()
                        .flatMap(this::read);
    }

    private Optional<Device> read(String sealed) {
        try {
            var parts = List.of(secrets.open(sealed, COOKIE).split(" ", MOST + 2));
            var since = LocalDate.parse(parts.get(1));
            return since.plusDays(LASTS.toDays()).isBefore(LocalDate.now(clock))
                    ? Optional.empty()
                    : Optional.of(new Device(parts.getFirst(), since, parts.subList(2, parts.size())));
        } catch (SecretUnreadable _) {
            return Optional.empty();
        }
    }

    private static String name(String email) {
        return HexFormat.of().formatHex(Sha256.of(email), 0, 8);
    }
}
