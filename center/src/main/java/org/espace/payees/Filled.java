package org.espace.payees;

import static java.util.stream.Collectors.toCollection;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.espace.partners.Countries;
import org.espace.payees.Profile.Kind;
import org.espace.web.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A sheet as it was filled in, in clear: for as long as it takes to check and to seal it.
 *
 * @param values by field
 */
record Filled(
        Sheet sheet,
        String country,
        @Nullable Currency currency,
        String holder,
        Map<String, String> values,
        @Nullable LocalDate until) {

    private static final int LONGEST_HOLDER = 200;
    private static final int LONGEST_VALUE = 100;

    Filled {
        values = Map.copyOf(values);
    }

    /**
     * From the fields country, sheet, currency (of an account), holder, those of the sheet, and signed-on or valid-until (of
     * a tax form).
     *
     * @param before what secrets that are left empty stay, where the sheet is the same
     */
    static Filled read(Fields fields, Kind kind, @Nullable Filled before, LocalDate today) {
        var country = fields.needed("country", 2);
        var found = Sheet.find(fields.needed("sheet", 20)).filter(one -> one.kind() == kind && one.isFor(country));
        if (!Countries.isKnown(country)) {
            fields.fault("country", "country");
            fields.refuseFaulty();
        }
        if (found.isEmpty()) {
            fields.fault("sheet", "choice");
            fields.refuseFaulty();
        }
        var sheet = found.orElseThrow();
        var kept = before != null && before.isSameSheet(sheet, country) ? before.values : Map.<String, String>of();
        return new Filled(
                sheet,
                country,
                kind == Kind.BANK ? currency(fields) : null,
                fields.needed("holder", LONGEST_HOLDER),
                values(fields, sheet, country, kept),
                kind == Kind.TAX ? until(fields, sheet, today) : null);
    }

    private static Map<String, String> values(Fields fields, Sheet sheet, String country, Map<String, String> kept) {
        var values = new LinkedHashMap<String, String>();
        for (var blank : sheet.blanks(country)) {
            var typed = fields.optional(blank.field(), LONGEST_VALUE);
            var value =
                    typed == null ? blank.isSecret() ? kept.get(blank.field()) : null : blank.tidy(typed, sheet.kind());
            if (value != null) {
                blank.fault(value, country).ifPresent(code -> fields.fault(blank.field(), code));
                values.put(blank.field(), value);
            } else if (blank.isNeeded()) {
                fields.fault(blank.field(), "missing");
            }
        }
        return values;
    }

    private static @Nullable Currency currency(Fields fields) {
        var code = fields.needed("currency", 3);
        if (!code.isEmpty() && !currencies().contains(code)) {
            fields.fault("currency", "choice");
            return null;
        }
        return code.isEmpty() ? null : Currency.getInstance(code);
    }

    /** Those in which some country pays today. */
    static Set<String> currencies() {
        return Arrays.stream(Locale.getISOCountries())
                .map(country -> Currency.getInstance(Locale.of("", country)))
                .filter(Objects::nonNull)
                .map(Currency::getCurrencyCode)
                .collect(toCollection(TreeSet::new));
    }

    private static @Nullable LocalDate until(Fields fields, Sheet sheet, LocalDate today) {
        if (sheet.years().isPresent()) {
            var signed = fields.day("signed-on");
            if (signed.isEmpty()) {
                fields.fault("signed-on", "missing");
                return null;
            }
            var until = LocalDate.of(signed.get().getYear() + sheet.years().get() + 1, 1, 1);
            if (signed.get().isAfter(today)) {
                fields.fault("signed-on", "future");
            } else if (!today.isBefore(until)) {
                fields.fault("signed-on", "expired");
            }
            return until;
        }
        var last = fields.day("valid-until");
        if (last.isPresent() && last.get().isBefore(today)) {
            fields.fault("valid-until", "expired");
        }
        return last.map(day -> day.plusDays(1)).orElse(null);
    }

    private boolean isSameSheet(Sheet other, String there) {
        return sheet == other && country.equals(there);
    }

    /** Neither a log nor a failed test shows what is secret. */
    @Override
    public String toString() {
        return sheet + " of " + country;
    }
}
