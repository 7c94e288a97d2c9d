package org.espace.enrollment;

import static org.espace.db.enrollment.Tables.ENROLLMENT_;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.espace.partners.LocationId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to who has joined which program. */
@Service
public class Enrollments {

    private final DSLContext sql;

    Enrollments(DSLContext sql) {
        this.sql = sql;
    }

    public List<Enrollment> all() {
        return enrollments(noCondition());
    }

    public List<Enrollment> of(Collection<LocationId> locations) {
        return enrollments(ENROLLMENT_.LOCATION_ID.eq(any(numbers(locations))));
    }

    /** As one array, however many there are. */
    static Integer[] numbers(Collection<LocationId> locations) {
        return locations.stream().map(LocationId::value).toArray(Integer[]::new);
    }

    private List<Enrollment> enrollments(Condition which) {
        return sql.select(
                        ENROLLMENT_.LOCATION_ID.convertFrom(LocationId::new),
                        ENROLLMENT_.PROGRAM,
                        ENROLLMENT_.SINCE,
                        ENROLLMENT_.UNTIL)
                .from(ENROLLMENT_)
                .where(which)
                .orderBy(ENROLLMENT_.LOCATION_ID, ENROLLMENT_.PROGRAM, ENROLLMENT_.SINCE)
                .fetch(mapping(Enrollment::new));
    }

    /**
     * What is registered takes the place of whatever it overlaps, for the same location and program; of several that overlap
     * each other the last one counts.
     */
    @Transactional
    public void register(List<Enrollment> enrollments) {
        var lasting = new HashMap<Membership.Key, List<Enrollment>>();
        for (var enrollment : enrollments) {
            var same = lasting.computeIfAbsent(
                    new Membership.Key(enrollment.location(), enrollment.program()), _ -> new ArrayList<>());
            same.removeIf(earlier -> earlier.overlaps(enrollment));
            same.add(enrollment);
        }
        var rows = lasting.values().stream().flatMap(List::stream).toList();
        sql.execute("""
                delete from enrollment.enrollment known
                using unnest(?::integer[], ?::text[], ?::date[], ?::date[]) as one (location_id, program, since, until)
                where known.location_id = one.location_id and known.program = one.program
                  and daterange(known.since, known.until) && daterange(one.since, one.until)""", columns(enrollments));
        sql.execute("""
                insert into enrollment.enrollment (location_id, program, since, until)
                select * from unnest(?::integer[], ?::text[], ?::date[], ?::date[])""", columns(rows));
    }

    private static Object[] columns(List<Enrollment> rows) {
        return new Object[] {
            numbers(rows.stream().map(Enrollment::location).toList()),
            rows.stream().map(Enrollment::program).toArray(String[]::new),
            rows.stream().map(Enrollment::since).toArray(LocalDate[]::new),
            rows.stream().map(Enrollment::until).toArray(LocalDate[]::new)
        };
    }

    /** From that day on the location is in no program; what would have begun later has never been. */
    @Transactional
    public void end(LocationId location, LocalDate on) {
        end(of(List.of(location)).stream()
                .map(Enrollment::program)
                .distinct()
                .map(program -> new End(location, program, on))
                .toList());
    }

    /** The location leaves the program as of that day. */
    record End(LocationId location, String program, LocalDate on) {}

    /** From then on the locations are not in the programs; what would have begun later has never been. */
    @Transactional
    void end(List<End> ends) {
        var columns = new Object[] {
            numbers(ends.stream().map(End::location).toList()),
            ends.stream().map(End::program).toArray(String[]::new),
            ends.stream().map(End::on).toArray(LocalDate[]::new)
        };
        sql.execute("""
                delete from enrollment.enrollment known
                using unnest(?::integer[], ?::text[], ?::date[]) as one (location_id, program, day)
                where known.location_id = one.location_id and known.program = one.program and known.since >= one.day""", columns);
        sql.execute("""
                update enrollment.enrollment known set until = one.day
                from unnest(?::integer[], ?::text[], ?::date[]) as one (location_id, program, day)
                where known.location_id = one.location_id and known.program = one.program
                  and (known.until is null or known.until > one.day)""", columns);
    }
}
