package org.espace.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.espace.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** What every template needs besides its own content: words, formats, the frame, and the token for its forms. */
public record Page(
        Messages messages,
        Formats formats,
        Frame frame,
        CsrfToken csrf,
        String path,
        ZoneId zone,
        ResourceUrlProvider resources) {

    public String language() {
        return messages.locale().getLanguage();
    }

    public String t(String key) {
        return messages.text(key);
    }

    public String t(String key, Map<String, ?> arguments) {
        return messages.text(key, arguments);
    }

    /** A reason or a step comes as a code with arguments; a code that we have no words for is shown itself. */
    public String worded(String prefix, String code, Map<String, ?> arguments) {
        var key = prefix + "." + code;
        if (!messages.has(key)) {
            return t(prefix + ".OTHER", Map.of("code", code));
        }
        var readable = new HashMap<String, Object>();
        arguments.forEach((name, value) -> readable.put(name, formats.argument(value)));
        return t(key, readable);
    }

    public @Nullable String hint(String prefix, String code) {
        var key = prefix + "." + code + ".hint";
        return messages.has(key) ? t(key) : null;
    }

    public String amount(Money money) {
        return formats.amount(money);
    }

    public String money(Money money) {
        return formats.money(money);
    }

    public String number(long number) {
        return formats.number(number);
    }

    public String date(LocalDate day) {
        return formats.date(day);
    }

    public String month(YearMonth month) {
        return formats.month(month);
    }

    public String time(Instant instant) {
        return formats.time(instant, zone);
    }

    /** The address of a file that may be cached for ever, since it changes with the file. */
    public String asset(String path) {
        var versioned = resources.getForLookupPath(path);
        return versioned == null ? path : versioned;
    }
}
