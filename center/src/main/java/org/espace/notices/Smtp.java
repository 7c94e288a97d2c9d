package org.espace.notices;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The mail server that takes our mail.
 *
 * @param url {@code smtp://user:password@host:587} (encrypted by STARTTLS, which is required where there is a password) or
 *     {@code smtps://user:password@host:465}; user and password percent-encoded. Empty: mail stays in the outbox.
 * @param from the address that mail comes from
 */
@ConfigurationProperties("espace.smtp")
record Smtp(@DefaultValue("") String url, @DefaultValue("") String from) {

    private static final String TIMEOUT = "10000";

    Smtp {
        if (!url.isBlank() && from.isBlank()) {
            throw new IllegalArgumentException("ESPACE_SMTP_FROM has to say which address mail comes from");
        }
    }

    /** Empty where no server is named. */
    Optional<JavaMailSenderImpl> server() {
        return url.isBlank() ? Optional.empty() : Optional.of(server(URI.create(url.strip())));
    }

    private static JavaMailSenderImpl server(URI address) {
        var scheme = address.getScheme();
        if (address.getHost() == null || !("smtp".equals(scheme) || "smtps".equals(scheme))) {
            throw new IllegalArgumentException("ESPACE_SMTP_URL is smtp://user:password@host:port or smtps://…");
        }
        var server = new JavaMailSenderImpl();
        server.setProtocol(scheme);
        server.setHost(address.getHost());
        server.setPort(address.getPort());
        server.setDefaultEncoding(StandardCharsets.UTF_8.name());
        var settings = server.getJavaMailProperties();
        for (var wait : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            settings.setProperty("mail." + scheme + "." + wait, TIMEOUT);
        }
        settings.setProperty("mail." + scheme + ".ssl.checkserveridentity", "true");
        settings.setProperty("mail.smtp.starttls.enable", "true");
        if (address.getRawUserInfo() != null) {
            var user = address.getRawUserInfo().split(":", 2);
            server.setUsername(decoded(user[0]));
            server.setPassword(decoded(user.length == 1 ? "" : user[1]));
            settings.setProperty("mail." + scheme + ".auth", "true");
            settings.setProperty("mail.smtp.starttls.required", "true");
        }
        return server;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "mail from " + from;
    }
}
