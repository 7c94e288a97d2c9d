package org.espace.enrollment;

import static org.espace.db.enrollment.Tables.ENROLLMENT_;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.espace.partners.LocationId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to who has joined which program. */
@Service
public class Enrollments {

    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

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

    /** What is registered takes the place of whatever it overlaps, for the same location and program. */
    @Transactional
    public void register(List<Enrollment> enrollments) {
        for (var enrollment : enrollments) {
            sql.deleteFrom(ENROLLMENT_)
                    .where(ENROLLMENT_.LOCATION_ID.eq(enrollment.location().value()))
                    .and(ENROLLMENT_.PROGRAM.eq(enrollment.program()))
                    .and(ENROLLMENT_.SINCE.lt(coalesce(val(enrollment.until(), LocalDate.class), NEVER)))
                    .and(coalesce(ENROLLMENT_.UNTIL, NEVER).gt(enrollment.since()))
                    .execute();
            sql.insertInto(ENROLLMENT_)
                    .set(ENROLLMENT_.LOCATION_ID, enrollment.location().value())
                    .set(ENROLLMENT_.PROGRAM, enrollment.program())
                    .set(ENROLLMENT_.SINCE, enrollment.since())
                    .set(ENROLLMENT_.UNTIL, enrollment.until())
                    .execute();
        }
    }

    /** From that day on the location is in no program; what would have begun later has never been. */
    @Transactional
    public void end(LocationId location, LocalDate on) {
        end(ENROLLMENT_.LOCATION_ID.eq(location.value()), on);
    }

    /** From that day on the location is not in the program; what would have begun later has never been. */
    @Transactional
    public void end(LocationId location, String program, LocalDate on) {
        end(ENROLLMENT_.LOCATION_ID.eq(location.value()).and(ENROLLMENT_.PROGRAM.eq(program)), on);
    }

    private void end(Condition which, LocalDate on) {
        sql.deleteFrom(ENROLLMENT_).where(which, ENROLLMENT_.SINCE.ge(on)).execute();
        sql.update(ENROLLMENT_)
                .set(ENROLLMENT_.UNTIL, on)
                .where(which, coalesce(ENROLLMENT_.UNTIL, NEVER).gt(on))
                .execute();
    }
}
