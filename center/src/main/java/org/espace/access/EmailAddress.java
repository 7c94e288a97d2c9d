package org.espace.access;

import com.ibm.icu.text.SpoofChecker;
import java.io.Serializable;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address in the one form in which it is kept and compared: NFKC, small letters, the domain as DNS writes it. What could
 * pass for another address because it mixes scripts is refused with {@link EmailAddressRefused}.
 */
public record EmailAddress(String value) implements Serializable {

    private static final long serialVersionUID = 1;
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;

    /** No more than mail systems in use deliver: no quoted names, no comments, no literal addresses. */
    private static final Pattern LOCAL = Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~.-]+");

    private static final SpoofChecker SCRIPTS = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    public EmailAddress {
        value = normalized(value);
    }

    public static Optional<EmailAddress> find(String text) {
        try {
            return Optional.of(new EmailAddress(text));
        } catch (EmailAddressRefused e) {
            return Optional.empty();
        }
    }

    /** The same for two addresses that a reader could take for each other. */
    public String skeleton() {
        return SCRIPTS.getSkeleton(readable());
    }

    /** Only an address that is written with more than ASCII can pass for another one. */
    public boolean isAscii() {
        return readable().chars().allMatch(c -> c < 128);
    }

    /** As its owner writes it, where {@link #value} has a domain such as xn--bcher-kva.example. */
    public String readable() {
        var at = value.lastIndexOf('@');
        return value.substring(0, at + 1) + IDN.toUnicode(value.substring(at + 1));
    }

    private static String normalized(String text) {
        var given = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        var at = given.lastIndexOf('@');
        if (at < 1 || at == given.length() - 1) {
            throw new EmailAddressRefused(EmailAddressRefused.Code.NO_ADDRESS, text);
        }
        var local = Normalizer.normalize(given.substring(0, at).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        if (!LOCAL.matcher(local).matches() || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            throw new EmailAddressRefused(EmailAddressRefused.Code.NO_ADDRESS, text);
        }
        var domain = domain(given.substring(at + 1), text);
        if (local.length() > LONGEST_LOCAL || local.length() + 1 + domain.length() > LONGEST) {
            throw new EmailAddressRefused(EmailAddressRefused.Code.LONG, text);
        }
        if (mixesScripts(local) || Arrays.stream(IDN.toUnicode(domain).split("\\.")).anyMatch(EmailAddress::mixesScripts)) {
            throw new EmailAddressRefused(EmailAddressRefused.Code.MIXED_SCRIPTS, text);
        }
        return local + "@" + domain;
    }

    private static String domain(String given, String text) {
        try {
            return IDN.toASCII(given, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new EmailAddressRefused(EmailAddressRefused.Code.NO_ADDRESS, text);
        }
    }

    private static boolean mixesScripts(String text) {
        return SCRIPTS.failsChecks(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
