package org.espace.eligibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.partners.Location;

/**
 * Which locations a list shows.
 *
 * @param text part of a location's name or number; empty for all
 * @param page from 0
 */
public record RollFilter(Optional<Verdict> verdict, String text, int page) {

    private static final int LONGEST = 100;

    /** What cannot be read does not narrow the list. */
    static RollFilter of(Map<String, String> typed) {
        var text = typed.getOrDefault("q", "").strip();
        var page = typed.getOrDefault("page", "");
        return new RollFilter(
                Arrays.stream(Verdict.values())
                        .filter(verdict -> verdict.code().equals(typed.get("verdict")))
                        .findFirst(),
                text.length() > LONGEST ? text.substring(0, LONGEST) : text,
                page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 0);
    }

    boolean fits(Location location, Verdict found) {
        var wanted = text.toLowerCase(Locale.ROOT);
        return verdict.map(found::equals).orElse(true)
                && (location.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || location.number().toLowerCase(Locale.ROOT).contains(wanted));
    }

    String query(int ofPage) {
        return "?verdict=" + verdict.map(Verdict::code).orElse("") + "&q=" + URLEncoder.encode(text, UTF_8)
                + (ofPage == 0 ? "" : "&page=" + ofPage);
    }
}
