package org.espace.enrollment;

import static org.espace.db.enrollment.Tables.ENROLLMENT_;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.val;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.espace.partners.LocationId;
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
        return sql.select(
                        ENROLLMENT_.LOCATION_ID.convertFrom(LocationId::new),
                        ENROLLMENT_.PROGRAM,
                        ENROLLMENT_.SINCE,
                        ENROLLMENT_.UNTIL)
                .from(ENROLLMENT_)
                .orderBy(ENROLLMENT_.LOCATION_ID, ENROLLMENT_.PROGRAM, ENROLLMENT_.SINCE)
                .fetch(mapping(Enrollment::new));
    }

    public List<Enrollment> of(Collection<LocationId> locations) {
        var wanted = List.copyOf(locations);
        return all().stream()
                .filter(enrollment -> wanted.contains(enrollment.location()))
                .toList();
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
        sql.deleteFrom(ENROLLMENT_)
                .where(ENROLLMENT_.LOCATION_ID.eq(location.value()), ENROLLMENT_.SINCE.ge(on))
                .execute();
        sql.update(ENROLLMENT_)
                .set(ENROLLMENT_.UNTIL, on)
                .where(
                        ENROLLMENT_.LOCATION_ID.eq(location.value()),
                        coalesce(ENROLLMENT_.UNTIL, NEVER).gt(on))
                .execute();
    }
}
