package org.espace.enrollment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/** A partner's memberships, by program or by location. */
public record EnrollmentsView(PartnerId partner, By by, Sort sort, boolean descending, List<Group> groups) {

    public enum By {
        PROGRAM,
        LOCATION;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Sort {
        NAME,
        STATUS,
        SINCE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param name of the program, or of the location
     * @param number of the location; empty for a program
     */
    public record Group(String name, String number, List<Row> rows) {

        public int enrolled() {
            return (int) rows.stream()
                    .filter(row -> row.position().status() == Status.ENROLLED)
                    .count();
        }

        /** Whether it waits for somebody. */
        public boolean waits() {
            return rows.stream()
                    .anyMatch(row -> row.position().status() == Status.INVITED
                            || row.position().status() == Status.ACTION_REQUIRED);
        }
    }

    /**
     * @param name of the location in a program's group, of the program in a location's
     * @param acts whether the reader may enroll it
     */
    public record Row(Candidate candidate, String name, Position position, boolean acts) {

        public @Nullable String since() {
            var enrollment = candidate.enrollment();
            return enrollment == null ? null : enrollment.since().toString();
        }
    }

    static EnrollmentsView of(PartnerId partner, By by, Sort sort, boolean descending, List<Row> rows, Locale locale) {
        var order = order(sort);
        var groups = rows.stream()
                .collect(groupingBy(
                        row -> by == By.PROGRAM
                                ? program(row.candidate(), locale)
                                : row.candidate().location().name(),
                        LinkedHashMap::new,
                        toList()))
                .entrySet()
                .stream()
                .map(entry -> new Group(
                        entry.getKey(),
                        by == By.PROGRAM
                                ? ""
                                : entry.getValue()
                                        .getFirst()
                                        .candidate()
                                        .location()
                                        .number(),
                        entry.getValue().stream()
                                .sorted(descending ? order.reversed() : order)
                                .toList()))
                .sorted(Comparator.comparing((Group group) -> !group.waits())
                        .thenComparing(group -> group.enrolled() == 0)
                        .thenComparing(Group::name))
                .toList();
        return new EnrollmentsView(partner, by, sort, descending, groups);
    }

    static String program(Candidate candidate, Locale locale) {
        return candidate.offer().terms().name().in(locale);
    }

    private static Comparator<Row> order(Sort sort) {
        var byName = Comparator.comparing(Row::name);
        return switch (sort) {
            case NAME -> byName;
            case STATUS ->
                Comparator.comparing((Row row) -> row.position().status()).thenComparing(byName);
            case SINCE ->
                Comparator.comparing(Row::since, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(byName);
        };
    }

    public String path() {
        return "/partners/" + partner + "/enrollments";
    }

    public String href(By other) {
        return path() + "?by=" + other.code();
    }

    /** The same column again turns the order around. */
    public String href(Sort column) {
        return path() + "?by=" + by.code() + "&sort=" + column.code()
                + (column == sort && !descending ? "&order=down" : "");
    }

    public @Nullable String sorted(Sort column) {
        return column != sort ? null : descending ? "descending" : "ascending";
    }

    public String href(Row row) {
        return path() + "/" + row.candidate().location().id() + "/"
                + row.candidate().offer().program();
    }
}
