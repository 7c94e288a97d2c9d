package org.espace.payees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.payees.Profile.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What of the profiles without a verdict the vendor looks at, as an address says it.
 *
 * @param kind null for both
 * @param text in the number or name of a partner, in the name of a holder, or the number of a location
 * @param page from 0
 */
public record QueueQuery(State state, @Nullable Kind kind, String text, int page) {

    static final String PATH = "/console/payment";

    public enum State {
        /** Can be approved as it is. */
        PENDING,
        /** In another name than the organization's, or its document has ended: the partner has to act. */
        ACTION_REQUIRED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whatever is not understood asks for nothing in particular. */
    static QueueQuery of(Map<String, String> asked) {
        return new QueueQuery(
                Arrays.stream(State.values())
                        .filter(state -> state.code().equals(asked.get("state")))
                        .findFirst()
                        .orElse(State.PENDING),
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.code().equals(asked.get("kind")))
                        .findFirst()
                        .orElse(null),
                asked.getOrDefault("q", "").strip(),
                page(asked.getOrDefault("page", "0")));
    }

    static int page(String asked) {
        return asked.matches("\\d{1,6}") ? Integer.parseInt(asked) : 0;
    }

    public boolean isFiltered() {
        return kind != null || !text.isEmpty();
    }

    public String href(State other) {
        return PATH + "?" + new QueueQuery(other, kind, text, 0).parameters();
    }

    public String href(int other) {
        return PATH + "?" + parameters() + "&page=" + other;
    }

    /** Without the page: what has been decided is not there any more. */
    public String parameters() {
        return Stream.of(
                        "state=" + state.code(),
                        "kind=" + (kind == null ? "" : kind.code()),
                        "q=" + URLEncoder.encode(text, UTF_8))
                .collect(Collectors.joining("&"));
    }
}
