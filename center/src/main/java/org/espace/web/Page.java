package org.espace.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.espace.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/** What every template needs besides its own content: words, formats, the frame, and the token for its forms. */
public record Page(
        Messages messages, Formats formats, Frame frame, CsrfToken csrf, String path, ZoneId zone, Assets assets) {

    public String language() {
        return messages.locale().getLanguage();
    }

    /** Whether the reader may do this on the page: what they may not do is not offered. */
    public boolean may(Right right) {
        return frame.rights().contains(right);
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
        arguments.forEach((name, value) -> readable.put(name, readable(value)));
        return t(key, readable);
    }

    /** A word of the terms, such as fiscal-year, is put into the reader's. */
    private Object readable(Object value) {
        var word = "word." + value;
        return value instanceof String && messages.has(word) ? t(word) : formats.argument(value);
    }

    /** Words of the terms, one after the other. */
    public String words(Collection<String> words) {
        return words.stream().map(word -> readable(word).toString()).sorted().collect(Collectors.joining(", "));
    }

    public String countries(Collection<String> codes) {
        return codes.stream().map(formats::country).sorted().collect(Collectors.joining(", "));
    }

    /** What to do about a reason, where there is something to do. */
    public @Nullable String hint(String prefix, String code, Map<String, ?> arguments) {
        return messages.has(prefix + "." + code + ".hint") ? worded(prefix, code + ".hint", arguments) : null;
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
        return assets.address(path);
    }
}
