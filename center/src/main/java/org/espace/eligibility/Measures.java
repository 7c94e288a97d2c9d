package org.espace.eligibility;

import static java.util.stream.Collectors.toMap;
import static org.espace.db.eligibility.Tables.MEASURE;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.access.PeopleFile.Row;
import org.espace.partners.LocationId;
import org.espace.web.Act;
import org.jooq.DSLContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to numbers that others bring, so that terms can ask for what this center cannot count itself. */
@Service
public class Measures {

    private final MeasureCheck check;
    private final DSLContext sql;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Measures(MeasureCheck check, DSLContext sql, ApplicationEventPublisher events, Clock clock) {
        this.check = check;
        this.sql = sql;
        this.events = events;
        this.clock = clock;
    }

    /** What has become of a list: how many rows said something new, how many what we knew, and which cannot be taken. */
    public record Outcome(int added, int known, List<MeasureFault> faults) {}

    /** What stands, by day. */
    public List<Measure> of(Collection<LocationId> locations) {
        var ids = locations.stream().map(LocationId::value).toArray(Integer[]::new);
        return sql.select(MEASURE.LOCATION_ID.convertFrom(LocationId::new), MEASURE.CODE, MEASURE.DAY, MEASURE.VALUE)
                .distinctOn(MEASURE.LOCATION_ID, MEASURE.CODE, MEASURE.DAY)
                .from(MEASURE)
                .where(MEASURE.LOCATION_ID.eq(any(ids)))
                .orderBy(MEASURE.LOCATION_ID, MEASURE.CODE, MEASURE.DAY, MEASURE.ID.desc())
                .fetch(mapping(Measure::new));
    }

    /** The codes that somebody has brought a number for. */
    public Set<String> codes() {
        return Set.copyOf(sql.selectDistinct(MEASURE.CODE).from(MEASURE).fetch(MEASURE.CODE));
    }

    /** As a machine brings them: rows with the columns location, code, day and value. Good ones count at once. */
    @Transactional
    public Outcome take(List<Row> rows, String by) {
        var checked = check.check(rows);
        var added = register(checked.measures(), by);
        return new Outcome(added, checked.measures().size() - added, checked.faults());
    }

    /** Of several with one location, code and day the last one counts. What stands already is not kept again. */
    @Transactional
    public int register(List<Measure> told, String by) {
        var last = told.stream().collect(toMap(Measure::key, one -> one, (_, later) -> later, LinkedHashMap::new));
        var locations = last.values().stream().map(Measure::location).toList();
        var standing = of(locations).stream().collect(toMap(Measure::key, Measure::value));
        var fresh = last.values().stream()
                .filter(one -> {
                    var known = standing.get(one.key());
                    return known == null || known.compareTo(one.value()) != 0;
                })
                .toList();
        if (fresh.isEmpty()) {
            return 0;
        }
        sql.execute(
                """
                insert into eligibility.measure (location_id, code, day, value, learned_at, learned_by)
                select *, ?::timestamptz, ?::text from unnest(?::integer[], ?::text[], ?::date[], ?::numeric[])""",
                clock.instant().atOffset(ZoneOffset.UTC),
                by,
                fresh.stream().map(one -> one.location().value()).toArray(Integer[]::new),
                fresh.stream().map(Measure::code).toArray(String[]::new),
                fresh.stream().map(Measure::day).toArray(LocalDate[]::new),
                fresh.stream().map(Measure::value).toArray(BigDecimal[]::new));
        var touched = new HashSet<LocationId>();
        fresh.forEach(one -> touched.add(one.location()));
        events.publishEvent(new FactsTouched(touched));
        events.publishEvent(Act.of("measures.registered", by, null, Integer.toString(fresh.size()))
                .changing(Map.of(), Map.of("numbers", Integer.toString(fresh.size()))));
        return fresh.size();
    }
}
