package org.espace.feed;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One row of master data, read field by field; the first fault in it is told, and only that. */
final class Entry {

    private static final Map<String, String> ISO_DATE = Map.of("format", "yyyy-MM-dd");
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    /** No currency has more. What is finer than the currency is cut when the amount is used. */
    private static final int DECIMALS = 4;

    private final Mapping.Registration registration;
    private final Map<String, Row.Fetch> fetches;
    private final Row row;
    private final @Nullable String file;
    private final Countries countries;
    private final Mapping.Formats formats;
    private final Consumer<Refusal> sink;
    private final Cut cut = new Cut();
    boolean refused;

    Entry(
            Mapping.Registration registration,
            Map<String, Row.Fetch> fetches,
            Row row,
            @Nullable String file,
            Countries countries,
            Mapping.Formats formats,
            Consumer<Refusal> sink) {
        this.registration = registration;
        this.fetches = fetches;
        this.row = row;
        this.file = file;
        this.countries = countries;
        this.formats = formats;
        this.sink = sink;
    }

    void refuse(String field, Code code) {
        refuse(field, code, Map.of());
    }

    void refuse(String field, Code code, Map<String, String> arguments) {
        if (!refused) {
            refused = true;
            var source = registration.fields().get(field);
            var column = source == null || source.columns().isEmpty()
                    ? ""
                    : source.columns().getFirst();
            var value = source == null ? row.cells.broken : raw(field);
            sink.accept(new Refusal(file, row.cells.row, column, value, code, arguments));
        }
    }

    private String raw(String field) {
        return fetch(field) ? cut.text() : "";
    }

    /** Whether the field has a value, which {@link #cut} then holds. */
    private boolean fetch(String field) {
        var fetch = fetches.get(field);
        if (fetch == null) {
            return false;
        }
        fetch.into(cut);
        return !cut.isEmpty();
    }

    @Nullable
    String optional(String field, int longest) {
        if (!fetch(field)) {
            return null;
        }
        var fault = Checks.text(cut, longest);
        if (fault != null) {
            refuse(field, fault, Map.of("limit", Integer.toString(longest)));
            return null;
        }
        return cut.text();
    }

    @Nullable
    String needed(String field, int longest) {
        var text = optional(field, longest);
        if (text == null) {
            refuse(field, Code.MISSING);
        } else if (text.startsWith("=")) {
            refuse(field, Code.FORMULA);
        }
        return text;
    }

    String name(String field, String otherwise) {
        var name = optional(field, Checks.LONGEST_NAME);
        return name == null ? otherwise : name;
    }

    /** One of a few words, or null when there is none or another. */
    @Nullable
    String oneOf(String field, Collection<String> words, Code otherwise, Map<String, String> arguments) {
        var text = raw(field);
        if (text.isEmpty() || words.contains(text)) {
            return text.isEmpty() ? null : text;
        }
        refuse(field, text.startsWith("=") ? Code.FORMULA : otherwise, arguments);
        return null;
    }

    @Nullable
    String country(String field) {
        if (optional(field, Checks.LONGEST_NAME) == null) {
            return null;
        }
        var code = countries.find(cut);
        if (code == Dictionary.UNKNOWN) {
            refuse(field, Code.UNKNOWN_COUNTRY);
            return null;
        }
        return Countries.code(code);
    }

    @Nullable
    LocalDate day(String field) {
        var text = raw(field);
        if (text.isEmpty()) {
            return null;
        }
        try {
            var day = LocalDate.parse(text);
            if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
                return day;
            }
            refuse(field, Code.DATE_OUT_OF_RANGE, Map.of("first", FIRST.toString(), "last", LAST.toString()));
        } catch (DateTimeParseException e) {
            refuse(field, text.startsWith("=") ? Code.FORMULA : Code.BAD_DATE, ISO_DATE);
        }
        return null;
    }

    @Nullable
    LocalDate neededDay(String field) {
        var day = day(field);
        if (day == null) {
            refuse(field, Code.MISSING);
        }
        return day;
    }

    /** Zero or more, in whatever currency. */
    Optional<BigDecimal> amount(String field) {
        var number = new Decimal(formats.decimal(), formats.grouping());
        return read(field, number, DECIMALS, () -> {
                    var fault = number.fit(DECIMALS);
                    return fault == null && number.signum() < 0 ? Code.NEGATIVE : fault;
                })
                .map(value -> value.setScale(DECIMALS));
    }

    /** Of whatever sign, with at most so many digits before the separator and after it. */
    Optional<BigDecimal> number(String field, int digits, int decimals) {
        var number = new Decimal(formats.decimal(), formats.grouping());
        return read(field, number, decimals, () -> {
                    var plain = number.value().stripTrailingZeros();
                    return plain.scale() > decimals
                            ? Code.TOO_PRECISE
                            : plain.precision() - plain.scale() > digits ? Code.TOO_LARGE : null;
                })
                .map(value -> new BigDecimal(value.stripTrailingZeros().toPlainString()));
    }

    private Optional<BigDecimal> read(String field, Decimal number, int decimals, Supplier<@Nullable Code> check) {
        if (!fetch(field)) {
            refuse(field, Code.MISSING);
            return Optional.empty();
        }
        var fault = number.read(cut);
        if (fault == null) {
            fault = check.get();
        }
        if (fault != null) {
            refuse(
                    field,
                    fault,
                    Map.of(
                            "separator",
                            String.valueOf(formats.decimal()),
                            "limit",
                            Integer.toString(Decimal.LONGEST),
                            "decimals",
                            Integer.toString(decimals)));
            return Optional.empty();
        }
        return Optional.of(number.value());
    }
}
