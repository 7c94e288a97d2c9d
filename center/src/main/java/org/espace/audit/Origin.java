package org.espace.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Where an act came from.
 *
 * @param address of the machine; null for a command or a task
 * @param session a digest that tells sessions apart and opens none; null where there is none
 */
public record Origin(@Nullable String address, @Nullable String session) {

    static final Origin INSIDE = new Origin(null, null);

    private static final int DIGITS = 16;

    static Origin current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return INSIDE;
        }
        var request = attributes.getRequest();
        var session = request.getSession(false);
        return new Origin(request.getRemoteAddr(), session == null ? null : digest(session.getId()));
    }

    private static String digest(String session) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(session.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
