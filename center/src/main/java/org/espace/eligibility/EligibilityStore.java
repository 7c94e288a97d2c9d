package org.espace.eligibility;

import static org.espace.db.eligibility.Tables.VERDICT;
import static org.jooq.impl.DSL.any;

import java.util.Collection;
import java.util.List;
import org.espace.partners.LocationId;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class EligibilityStore {

    private final DSLContext sql;

    EligibilityStore(DSLContext sql) {
        this.sql = sql;
    }

    /** The last verdict on each program that has terms for the location. */
    List<Eligibility> verdicts(Collection<LocationId> locations) {
        return sql
                .select(VERDICT.LOCATION_ID, VERDICT.PROGRAM, VERDICT.VERDICT_, VERDICT.SINCE, VERDICT.MAY_STAY)
                .distinctOn(VERDICT.LOCATION_ID, VERDICT.PROGRAM)
                .from(VERDICT)
                .where(VERDICT.LOCATION_ID.eq(any(ids(locations))))
                .orderBy(VERDICT.LOCATION_ID, VERDICT.PROGRAM, VERDICT.ID.desc())
                .stream()
                .filter(row -> row.value3() != null)
                .map(row -> new Eligibility(
                        new LocationId(row.value1()),
                        row.value2(),
                        Verdict.of(row.value3()),
                        row.value4(),
                        row.value5()))
                .toList();
    }

    private static Integer[] ids(Collection<LocationId> locations) {
        return locations.stream().map(LocationId::value).toArray(Integer[]::new);
    }
}
