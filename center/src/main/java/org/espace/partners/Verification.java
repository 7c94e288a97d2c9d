package org.espace.partners;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espace.documents.Document;
import org.jspecify.annotations.Nullable;

/**
 * A question that the vendor asks about a partner before it does business with it, and what came of it.
 *
 * @param application the location that the question is about; null for the partner itself
 * @param history what has happened since, the oldest first: verdict, appeal, verdict, and so on
 */
public record Verification(
        int id,
        PartnerId partner,
        Step step,
        @Nullable Integer application,
        Instant openedAt,
        String openedBy,
        List<Event> history) {

    /** A verdict takes that many business days at least, and at most; days of rest are Saturday and Sunday alone. */
    private static final int FEWEST_DAYS = 3;

    private static final int MOST_DAYS = 5;

    public Verification {
        history = List.copyOf(history);
        for (int i = 0; i < history.size(); i++) {
            if ((history.get(i) instanceof Verdict) != (i % 2 == 0)) {
                throw new IllegalArgumentException("verdicts and appeals take turns: " + history);
            }
        }
    }

    public enum Step {
        EMAIL_OWNERSHIP,
        EMPLOYMENT,
        BUSINESS,
        /** Asked for only where the vendor wants it. */
        IDENTITY,
        DUE_DILIGENCE,
        /** Whether a location that a partner asks for exists, and is its own. */
        LOCATION;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Step> of(String code) {
            return Arrays.stream(values())
                    .filter(step -> step.code().equals(code))
                    .findFirst();
        }

        /** What can be asked about a partner at any time. */
        static List<Step> ofPartners() {
            return Arrays.stream(values()).filter(step -> step != LOCATION).toList();
        }
    }

    public enum State {
        PENDING,
        ACCEPTED,
        REJECTED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public sealed interface Event {
        int id();

        Instant at();

        String by();
    }

    /** @param reason why it was rejected; may be missing where it was accepted */
    public record Verdict(
            int id, boolean accepted, @Nullable String reason, Instant at, String by) implements Event {}

    public record Appeal(int id, String comment, Document document, Instant at, String by) implements Event {}

    public State state() {
        return history.isEmpty()
                ? State.PENDING
                : switch (history.getLast()) {
                    case Verdict verdict -> verdict.accepted() ? State.ACCEPTED : State.REJECTED;
                    case Appeal _ -> State.PENDING;
                };
    }

    /** Since when it has been the vendor's turn, as far as it is. */
    public Instant pendingSince() {
        return history.isEmpty() ? openedAt : history.getLast().at();
    }

    public LocalDate answerFrom(ZoneId zone) {
        return businessDaysAfter(pendingSince().atZone(zone).toLocalDate(), FEWEST_DAYS);
    }

    public LocalDate answerBy(ZoneId zone) {
        return businessDaysAfter(pendingSince().atZone(zone).toLocalDate(), MOST_DAYS);
    }

    /** Why it was rejected, while that stands. */
    public Optional<String> reason() {
        return history.isEmpty() || !(history.getLast() instanceof Verdict verdict)
                ? Optional.empty()
                : Optional.ofNullable(verdict.reason());
    }

    Optional<Appeal> appeal(int id) {
        return history.stream()
                .filter(Appeal.class::isInstance)
                .map(Appeal.class::cast)
                .filter(appeal -> appeal.id() == id)
                .findFirst();
    }

    /** The appeal that waits for a verdict; empty while the question itself does. */
    Optional<Appeal> openAppeal() {
        return !history.isEmpty() && history.getLast() instanceof Appeal appeal
                ? Optional.of(appeal)
                : Optional.empty();
    }

    Verification with(Event event) {
        var longer = new ArrayList<>(history);
        longer.add(event);
        return new Verification(id, partner, step, application, openedAt, openedBy, longer);
    }

    static LocalDate businessDaysAfter(LocalDate day, int count) {
        var left = count;
        while (left > 0) {
            day = day.plusDays(1);
            if (day.getDayOfWeek().getValue() <= 5) {
                left--;
            }
        }
        return day;
    }
}
