package org.espace.feed;

import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a vendor's file becomes sales lines.
 *
 * @param changed fields that the person who loads reads from another column than the mapping says
 * @param statuses what each status of the feed means; a status that is not here refuses its row
 * @param countries names of countries that only this vendor uses
 */
public record Mapping(
        String name,
        Map<Field, Source> lines,
        Map<Field, String> changed,
        Layout layout,
        Formats formats,
        Map<String, Meaning> statuses,
        List<Lookup> lookups,
        Map<Register, Registration> registers,
        Map<String, String> countries) {

    /** A separator or an encoding that is not given is found out from the file. */
    public record Layout(Optional<Character> separator, Optional<Charset> encoding) {}

    /**
     * @param date the order of day, month and year, such as {@code yyyy-MM-dd} or {@code M/d/yyyy}
     * @param timeIgnored whether a time may follow the date
     * @param grouping what stands between thousands, if anything
     * @param extraDecimals how many decimals beyond its currency's an amount may have
     * @param until the first day that is too late, if the mapping says
     */
    public record Formats(
            String date,
            boolean timeIgnored,
            char decimal,
            Optional<Character> grouping,
            int extraDecimals,
            List<String> missing,
            boolean negativeRefused,
            boolean zeroRefused,
            LocalDate since,
            Optional<LocalDate> until) {}

    /** What a status means for a line's earnings; eligible has no code. */
    public record Meaning(Outcome outcome, String code) {}

    public enum Outcome {
        ELIGIBLE,
        INELIGIBLE,
        PENDING
    }

    /** Columns of a file beside the feed, found by a key that both have. */
    public record Lookup(String file, String key, String by, List<String> columns) {}

    /** Master data that comes with the lines: from a file beside the feed, or from the lines themselves. */
    public record Registration(String from, boolean optional, Map<String, Source> fields) {

        static final String FEED = "feed";
        static final String PARTNERS = "partners";

        boolean fromFeed() {
            return from.equals(FEED);
        }

        boolean fromFile() {
            return !from.equals(FEED) && !from.equals(PARTNERS);
        }
    }

    public static Mapping read(String yaml) {
        return MappingReader.read(yaml);
    }

    /** The same mapping with some fields read from other columns. */
    public Mapping with(Map<Field, String> columns) {
        var changed = new EnumMap<Field, Source>(lines);
        columns.forEach((field, column) -> changed.put(field, new Source.Column(column)));
        return new Mapping(
                name, changed, Map.copyOf(columns), layout, formats, statuses, lookups, registers, countries);
    }

    Optional<Registration> register(Register register) {
        return Optional.ofNullable(registers.get(register));
    }

    /** How the lines register what they name themselves. */
    Optional<Registration> registerOfLines(Register register) {
        return register(register).filter(Registration::fromFeed);
    }

    Source source(Field field) {
        return Objects.requireNonNull(lines.get(field), field::key);
    }

    /** Tells apart two readings of one file. */
    public String reading() {
        var parts = new TreeMap<String, String>();
        changed.forEach((field, column) -> parts.put(field.key(), column));
        return parts.isEmpty() ? name : name + parts;
    }

    /** The names of the files beside the feed that are read with it. */
    List<String> filesBeside() {
        var files = new ArrayList<String>();
        lookups.forEach(lookup -> files.add(lookup.file()));
        registers.values().stream()
                .filter(Registration::fromFile)
                .map(Registration::from)
                .forEach(files::add);
        return files.stream().distinct().sorted().toList();
    }

    /** Every column that the feed must have, in the order in which people would look for them. */
    List<String> columnsNeeded() {
        var brought =
                lookups.stream().flatMap(lookup -> lookup.columns().stream()).toList();
        var needed = new ArrayList<String>();
        lookups.forEach(lookup -> needed.add(lookup.by()));
        lines.values().forEach(source -> needed.addAll(source.needed()));
        registers.values().stream()
                .filter(Registration::fromFeed)
                .flatMap(registration -> registration.fields().values().stream())
                .forEach(source -> needed.addAll(source.needed()));
        needed.removeAll(brought);
        return needed.stream().distinct().toList();
    }
}
