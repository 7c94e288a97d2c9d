package org.espace.payees;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.documents.Document;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Where a partner is paid, or under which tax one of its locations is. A change is a new version, which the vendor
 * validates anew; the ones before it stay.
 *
 * @param name how the partner tells its bank profiles apart; null for a tax profile
 * @param location whose tax profile it is; null for a bank profile, which all locations may use
 * @param versions the latest first, at least one
 */
public record Profile(
        int id,
        PartnerId partner,
        @Nullable String name,
        @Nullable LocationId location,
        List<Version> versions) {

    /** How long the vendor may take. */
    static final Duration CLOCK = Duration.ofDays(2);

    public Profile {
        versions = List.copyOf(versions);
        if ((name == null) == (location == null) || versions.isEmpty()) {
            throw new IllegalArgumentException("profile " + id);
        }
    }

    public enum Kind {
        BANK,
        TAX;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param currency in which the account is paid; null in a tax profile
     * @param holder whose account it is, or who owes the tax
     * @param holderDiffers whether that is not the organization's legal name
     * @param until the first day that the document no longer holds
     */
    public record Version(
            int id,
            Sheet sheet,
            String country,
            @Nullable Currency currency,
            String holder,
            boolean holderDiffers,
            List<Entry> entries,
            @Nullable Document document,
            @Nullable LocalDate until,
            Instant handedInAt,
            String handedInBy,
            @Nullable Verdict verdict) {

        public PayeeStanding standing(LocalDate today) {
            return PayeeStanding.of(verdict == null ? null : verdict.approved(), holderDiffers, until, today);
        }

        /** Why something is to be done about it. */
        public Optional<Reason> reason(LocalDate today) {
            if (standing(today) != PayeeStanding.ACTION_REQUIRED) {
                return Optional.empty();
            }
            return Optional.of(
                    until != null && !today.isBefore(until)
                            ? Reason.EXPIRED
                            : verdict == null
                                    ? Reason.HOLDER_DIFFERS
                                    : Objects.requireNonNullElse(verdict.reason(), Reason.OTHER));
        }

        public Instant due() {
            return handedInAt.plus(CLOCK);
        }

        /** The last day that the document holds. */
        public Optional<LocalDate> lastDay() {
            return Optional.ofNullable(until).map(day -> day.minusDays(1));
        }

        public Optional<Entry> entry(String field) {
            return entries.stream().filter(entry -> entry.field().equals(field)).findFirst();
        }

        /** Since when it has been approved. */
        Optional<LocalDate> approvedOn(ZoneId zone) {
            return Optional.ofNullable(verdict)
                    .filter(Verdict::approved)
                    .map(given -> LocalDate.ofInstant(given.at(), zone));
        }
    }

    /**
     * One field, as everybody may see it.
     *
     * @param shown the value, or the end of a sealed one
     */
    public record Entry(String field, String shown, boolean isSealed) {

        /** Never more than half of it, and four characters at most. */
        static String tail(String secret) {
            return secret.substring(secret.length() - Math.min(4, secret.length() / 2));
        }

        public String masked() {
            return isSealed ? "•••• " + shown : shown;
        }
    }

    public record Verdict(
            boolean approved,
            @Nullable Reason reason,
            @Nullable String comment,
            Instant at,
            String by) {}

    /** Why a version cannot stay as it is; worded by {@code payment.reason.…}. */
    public enum Reason {
        ACCOUNT_UNKNOWN(Kind.BANK),
        ACCOUNT_CLOSED(Kind.BANK),
        HOLDER_DIFFERS(Kind.BANK),
        TAX_ID_UNKNOWN(Kind.TAX),
        DOCUMENT_UNREADABLE(Kind.TAX),
        DOCUMENT_WRONG(Kind.TAX),
        DOCUMENT_UNSIGNED(Kind.TAX),
        EXPIRED(Kind.TAX),
        OTHER(null);

        private final @Nullable Kind kind;

        Reason(@Nullable Kind kind) {
            this.kind = kind;
        }

        boolean isFor(Kind one) {
            return kind == null || kind == one;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Reason> of(String code) {
            return List.of(values()).stream()
                    .filter(reason -> reason.code().equals(code))
                    .findFirst();
        }
    }

    public Kind kind() {
        return location == null ? Kind.BANK : Kind.TAX;
    }

    public Version current() {
        return versions.getFirst();
    }

    /** @throws ProfileNotFound when the version is not one of this profile, or has no document */
    Document document(int version) {
        return versions.stream()
                .filter(one -> one.id() == version)
                .flatMap(one -> Stream.ofNullable(one.document()))
                .findFirst()
                .orElseThrow(() -> new ProfileNotFound("document of version " + version));
    }

    /** As the book of acts names it: never by what is secret in it. */
    String subject() {
        return name == null ? "tax profile of location " + location : name;
    }
}
