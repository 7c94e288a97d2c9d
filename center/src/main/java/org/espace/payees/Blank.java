package org.espace.payees;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.espace.payees.Profile.Kind;

/**
 * A field to fill in. Which ones a country asks for is a list of ours, {@code payees/fields.csv}: change it there. A sheet
 * has the fields of its country; else, where accounts of that country have an IBAN, those of IBAN; else those of {@code *}.
 *
 * @param choices one of which is the answer; empty where it is written
 */
public record Blank(
        String field, Pattern pattern, Check check, boolean isSecret, boolean isNeeded, List<String> choices) {

    private static final Map<String, List<Blank>> ALL = read();
    private static final Pattern PLAIN = Pattern.compile("[0-9A-Z]*");

    static List<Blank> of(Sheet sheet, String country) {
        return Optional.ofNullable(ALL.get(sheet.code() + " " + country))
                .or(() -> Optional.ofNullable(ALL.get(sheet.code() + " IBAN")).filter(_ -> Check.hasIbans(country)))
                .orElseGet(() -> Objects.requireNonNull(ALL.get(sheet.code() + " *")));
    }

    /** Whatever the country. */
    static Set<String> secretFields(Sheet sheet) {
        return ALL.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(sheet.code() + " "))
                .flatMap(entry -> entry.getValue().stream())
                .filter(Blank::isSecret)
                .map(Blank::field)
                .collect(toUnmodifiableSet());
    }

    /** As it is kept: in capital letters and without the blanks that group it; tax ids also without their punctuation. */
    String tidy(String typed, Kind kind) {
        if (!choices.isEmpty() || check == Check.TENANT) {
            return typed.strip();
        }
        return typed.replaceAll(kind == Kind.TAX ? "[\\s\\u00a0\\u202f./-]" : "[\\s\\u00a0\\u202f]", "")
                .toUpperCase(Locale.ROOT);
    }

    /** What is wrong with it, as {@code fault.…} words it. */
    Optional<String> fault(String value, String country) {
        if (choices.isEmpty() && check != Check.TENANT && !PLAIN.matcher(value).matches()) {
            return Optional.of("letters-digits");
        }
        if (!pattern.matcher(value).matches()) {
            return Optional.of(choices.isEmpty() ? "not-" + field : "choice");
        }
        return check.accepts(value, country) ? check.mismatch(value, country) : Optional.of("not-" + field);
    }

    private static Map<String, List<Blank>> read() {
        var stream = Objects.requireNonNull(Blank.class.getResourceAsStream("/payees/fields.csv"));
        try (var rows = CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return rows.stream()
                    .collect(groupingBy(row -> row.getField("sheet") + " " + row.getField("country")))
                    .entrySet()
                    .stream()
                    .collect(toUnmodifiableMap(
                            Map.Entry::getKey,
                            entry -> entry.getValue().stream().map(Blank::of).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Blank of(NamedCsvRecord row) {
        var pattern = row.getField("pattern");
        var check = Check.of(row.getField("check"));
        return new Blank(
                row.getField("field"),
                Pattern.compile(pattern),
                check,
                row.getField("secret").equals("secret"),
                row.getField("needed").equals("needed"),
                check == Check.CHOICE ? List.of(pattern.split("\\|")) : List.of());
    }
}
