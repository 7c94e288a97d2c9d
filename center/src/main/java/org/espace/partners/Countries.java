package org.espace.partners;

import com.helger.masterdata.vat.VATINSyntaxChecker;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espace.web.Formats;
import org.jspecify.annotations.Nullable;

/**
 * What countries ask of addresses and numbers. The rules are a list of ours, {@code partners/countries.csv}: change it
 * there. Where it says nothing, length and characters are all that is checked.
 *
 * <p>Numbers and postal codes are compared without blanks, dots, slashes and hyphens. The check digits of VAT numbers of
 * the European Union are verified; everywhere else, and for the registers of companies, only the shape is.
 */
public final class Countries {

    private static final Set<String> KNOWN = Set.of(Locale.getISOCountries());
    private static final Map<String, Rules> RULES = read();
    private static final Rules NONE = new Rules(false, null, null, null, false, false);
    private static final Pattern NUMBER = Pattern.compile("[\\p{L}\\p{N}&]{2,40}");

    private Countries() {}

    private record Rules(
            boolean companyNumberNeeded,
            @Nullable Pattern companyNumber,
            @Nullable Pattern vat,
            @Nullable Pattern postalCode,
            boolean hasNoPostalCodes,
            boolean regionNeeded) {}

    public static boolean isKnown(String country) {
        return KNOWN.contains(country);
    }

    /** All of ISO 3166, in the order of their names in the reader's language. */
    public static List<String> sorted(Locale language) {
        var formats = Formats.in(language);
        var order = Collator.getInstance(language);
        return KNOWN.stream()
                .sorted((one, other) -> order.compare(formats.country(one), formats.country(other)))
                .toList();
    }

    static boolean needsCompanyNumber(String country) {
        return rules(country).companyNumberNeeded();
    }

    /** Those whose companies have to state their number. */
    static Set<String> withCompanyNumber() {
        return RULES.entrySet().stream()
                .filter(entry -> entry.getValue().companyNumberNeeded())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean needsRegion(String country) {
        return rules(country).regionNeeded();
    }

    /** Where no pattern is listed, a postal code may be left out; where one is, it is needed. */
    static boolean acceptsPostalCode(String country, @Nullable String code) {
        var rules = rules(country);
        var pattern = rules.postalCode();
        if (code == null) {
            return pattern == null;
        }
        return !rules.hasNoPostalCodes()
                && (pattern == null || pattern.matcher(compact(code)).matches());
    }

    public static boolean acceptsNumber(String country, Registration.Kind kind, String number) {
        var compact = compact(number);
        if (!NUMBER.matcher(compact).matches()) {
            return false;
        }
        return switch (kind) {
            case COMPANY -> fits(rules(country).companyNumber(), compact);
            case VAT -> isVat(country, compact);
        };
    }

    /** A VAT number may be given with or without the country before it; Greece writes EL. */
    private static boolean isVat(String country, String number) {
        var prefix = country.equals("GR") ? "EL" : country;
        var whole = number.startsWith(prefix) ? number : prefix + number;
        return VATINSyntaxChecker.isValidatorPresent(whole)
                ? VATINSyntaxChecker.isValidVATIN(whole)
                : fits(rules(country).vat(), number);
    }

    private static boolean fits(@Nullable Pattern pattern, String number) {
        return pattern == null || pattern.matcher(number).matches();
    }

    static String compact(String number) {
        return number.replaceAll("[\\s./\\u00a0\\u202f-]", "").toUpperCase(Locale.ROOT);
    }

    private static Rules rules(String country) {
        return RULES.getOrDefault(country, NONE);
    }

    private static Map<String, Rules> read() {
        var stream = Objects.requireNonNull(Countries.class.getResourceAsStream("/partners/countries.csv"));
        try (var rows = CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return rows.stream().collect(Collectors.toUnmodifiableMap(Countries::country, Countries::rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String country(NamedCsvRecord row) {
        var country = row.getField("country");
        if (!isKnown(country)) {
            throw new IllegalStateException("partners/countries.csv names the country " + country);
        }
        return country;
    }

    private static Rules rules(NamedCsvRecord row) {
        var postal = row.getField("postal_pattern");
        return new Rules(
                isNeeded(row, "company_number"),
                pattern(row.getField("company_pattern")),
                pattern(row.getField("vat_pattern")),
                postal.equals("none") ? null : pattern(postal),
                postal.equals("none"),
                isNeeded(row, "region"));
    }

    private static boolean isNeeded(NamedCsvRecord row, String column) {
        return row.getField(column).equals("needed");
    }

    private static @Nullable Pattern pattern(String text) {
        return text.isEmpty() ? null : Pattern.compile(text);
    }
}
