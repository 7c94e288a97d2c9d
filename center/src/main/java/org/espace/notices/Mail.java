package org.espace.notices;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that we have to say to somebody.
 *
 * @param reference what the mail is about, such as {@code invitation:42:1}: the same reference is sent once
 * @param to one address, without a name
 * @param language {@code en} or {@code fr}; null where it is not known, and the mail is written in both
 * @param template the words are {@code mail.….subject} and {@code mail.….text}
 * @param arguments of the words; a day or a moment in ISO 8601 is written as the reader writes it. Never a secret.
 * @param secret stands in the text as {@code {secret}}, such as a link with a token: never shown outside of the mail, kept
 *     sealed, and erased once that is sent
 */
public record Mail(
        String reference,
        String to,
        @Nullable String language,
        String template,
        Map<String, String> arguments,
        @Nullable String secret) {

    /** One address and nothing that could end the header or begin another one. */
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{Cntrl}<>,;:\"@\\\\]+@[^\\s\\p{Cntrl}<>,;:\"@\\\\]+");

    private static final int LONGEST_ADDRESS = 254;

    /** @throws MailRefused where the address is none, or would be more than one */
    public Mail {
        if (to.length() > LONGEST_ADDRESS || !ADDRESS.matcher(to).matches()) {
            throw new MailRefused("not an address to write to");
        }
        if (arguments.containsKey("secret")) {
            throw new IllegalArgumentException("a secret is not an argument");
        }
        arguments = Map.copyOf(arguments);
    }

    /** Neither a log nor a failed test shows the secret. */
    @Override
    public String toString() {
        return "mail " + reference + " (" + template + ") to " + to;
    }
}
