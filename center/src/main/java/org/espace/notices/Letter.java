package org.espace.notices;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espace.web.Formats;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** A mail as it is read: in one language, or in both, one after the other. */
public record Letter(String subject, List<Part> parts) {

    /** Stands where the secret is not to be read. */
    static final String HIDDEN = "••••••";

    private static final Pattern DAY_OR_MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T[\\d:.]+Z)?");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']*[^\\s<>\"'.,;:!?)]");
    private static final Pattern BREAK = Pattern.compile("\n{2,}");
    private static final String RULE = "\n\n---\n\n";

    /** The words of one language; paragraphs are parted by an empty line. */
    public record Part(Locale language, String text) {

        public List<String> paragraphs() {
            return BREAK.splitAsStream(text).toList();
        }
    }

    /** @throws MailRefused where the subject would not be one line, since what follows could be read as another header */
    static Letter of(Mail mail, @Nullable String secret, ZoneId zone) {
        var languages = mail.language() == null
                ? List.of(Messages.in(Locale.ENGLISH), Messages.in(Locale.FRENCH))
                : List.of(Messages.in(Locale.of(mail.language())));
        var subject = languages.stream()
                .map(words -> worded(words, mail, "subject", "", zone))
                .collect(Collectors.joining(" / "));
        if (subject.chars().anyMatch(Character::isISOControl) || subject.contains("\u2028")) {
            throw new MailRefused("a subject is one line");
        }
        return new Letter(
                subject,
                languages.stream()
                        .map(words -> new Part(
                                words.locale(), worded(words, mail, "text", secret == null ? HIDDEN : secret, zone)))
                        .toList());
    }

    private static String worded(Messages words, Mail mail, String part, String secret, ZoneId zone) {
        var readable = new HashMap<String, Object>();
        mail.arguments().forEach((name, value) -> readable.put(name, readable(value, words.locale(), zone)));
        readable.put("secret", secret);
        return words.text("mail." + mail.template() + "." + part, readable);
    }

    private static String readable(String value, Locale language, ZoneId zone) {
        if (DAY_OR_MOMENT.matcher(value).matches()) {
            var formats = Formats.in(language);
            try {
                return value.length() == 10
                        ? formats.date(LocalDate.parse(value))
                        : formats.time(Instant.parse(value), zone);
            } catch (DateTimeException _) {
                return value;
            }
        }
        return value;
    }

    /** Whether something in it is not shown. */
    boolean hides() {
        return text().contains(HIDDEN);
    }

    String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining(RULE));
    }

    /** The same words; an address of a page can be opened, and nothing else is more than text. */
    String html() {
        return parts.stream()
                .map(part -> part.paragraphs().stream()
                        .map(paragraph -> "<p>" + linked(paragraph) + "</p>")
                        .collect(Collectors.joining(
                                "\n", "<div lang=\"" + part.language().getLanguage() + "\">\n", "\n</div>")))
                .collect(Collectors.joining(
                        "\n<hr>\n",
                        "<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n",
                        "\n</body>\n</html>\n"));
    }

    /** @param text one paragraph, in which links are told from words */
    private static String linked(String text) {
        var html = new StringBuilder();
        var links = LINK.matcher(text);
        var from = 0;
        while (links.find()) {
            var address = HtmlUtils.htmlEscape(links.group());
            html.append(escaped(text.substring(from, links.start())))
                    .append("<a href=\"")
                    .append(address)
                    .append("\">")
                    .append(address)
                    .append("</a>");
            from = links.end();
        }
        return html.append(escaped(text.substring(from))).toString();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8").replace("\n", "<br>\n");
    }
}
