package org.espace.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espace.web.Act;
import org.jspecify.annotations.Nullable;

/**
 * One act, as it stands in the book.
 *
 * @param at to the microsecond, as the database keeps it
 * @param by the address of a user, or the name of a command or of a machine
 * @param before what has changed, as it was
 * @param after what has changed, as it is since
 */
public record Entry(
        Instant at,
        String by,
        Origin origin,
        @Nullable Integer partner,
        @Nullable Integer customer,
        String action,
        String subject,
        SortedMap<String, String> before,
        SortedMap<String, String> after) {

    private static final String FORM = "espace-audit-1";
    private static final int LONGEST = 2000;

    public Entry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        by = kept(by);
        subject = kept(subject);
        before = kept(before);
        after = kept(after);
    }

    static Entry of(Act act, Origin origin, Instant now) {
        return new Entry(
                now,
                act.by(),
                origin,
                act.partner(),
                act.customer(),
                act.action(),
                act.subject(),
                new TreeMap<>(act.before()),
                new TreeMap<>(act.after()));
    }

    public List<Change> changes() {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .map(name -> new Change(name, before.get(name), after.get(name)))
                .filter(change -> !Objects.equals(change.before(), change.after()))
                .toList();
    }

    /** SHA-256 over the hash of the entry before and the canonical text of this one. */
    byte[] hash(long number, byte[] previous) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(previous);
            return sha.digest(canonical(number).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * One line a field: its name, the length of its value in bytes of UTF-8, the value; a dash for none. Since lengths are
     * said, no value can pass for several.
     */
    String canonical(long number) {
        var text = new StringBuilder(FORM).append('\n');
        field(text, "number", Long.toString(number));
        field(text, "at", at.toString());
        field(text, "by", by);
        field(text, "address", origin.address());
        field(text, "session", origin.session());
        field(text, "partner", partner == null ? null : partner.toString());
        field(text, "customer", customer == null ? null : customer.toString());
        field(text, "action", action);
        field(text, "subject", subject);
        fields(text, "before", before);
        fields(text, "after", after);
        return text.toString();
    }

    private static void fields(StringBuilder text, String name, SortedMap<String, String> values) {
        field(text, name, Integer.toString(values.size()));
        values.forEach((key, value) -> {
            field(text, "key", key);
            field(text, "value", value);
        });
    }

    private static void field(StringBuilder text, String name, @Nullable String value) {
        text.append(name).append(' ');
        if (value == null) {
            text.append('-');
        } else {
            text.append(value.getBytes(UTF_8).length).append(' ').append(value);
        }
        text.append('\n');
    }

    /** What the database can keep, so that it reads back what was hashed. */
    private static String kept(String text) {
        var kept = new String(text.getBytes(UTF_8), UTF_8).replace('\0', '\ufffd');
        if (kept.length() <= LONGEST) {
            return kept;
        }
        var end = Character.isHighSurrogate(kept.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return kept.substring(0, end);
    }

    private static SortedMap<String, String> kept(Map<String, String> values) {
        var kept = new TreeMap<String, String>();
        values.forEach((key, value) -> kept.put(kept(key), kept(value)));
        return Collections.unmodifiableSortedMap(kept);
    }
}
