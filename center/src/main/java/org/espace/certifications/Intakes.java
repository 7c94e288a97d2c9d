package org.espace.certifications;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.access.PeopleFile;
import org.espace.access.PeopleFile.Row;
import org.espace.certifications.IntakeCheck.Checked;
import org.espace.certifications.IntakeCheck.MeasuredRow;
import org.espace.certifications.IntakeCheck.PassedRow;
import org.espace.certifications.IntakeCheck.ResultRow;
import org.espace.certifications.IntakeCheck.WithdrawnRow;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door for what providers tell: who has passed, and what they measure of companies. Told again, it is known. */
@Service
public class Intakes {

    private static final int MOST = 50;
    private static final int MOST_FAULTS = 100_000;

    private final IntakeStore store;
    private final IntakeCheck check;
    private final Learners learners;
    private final Alerts alerts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Intakes(
            IntakeStore store,
            IntakeCheck check,
            Learners learners,
            Alerts alerts,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.check = check;
        this.learners = learners;
        this.alerts = alerts;
        this.events = events;
        this.clock = clock;
    }

    /** What has become of a list: how many rows said something new, how many what we knew, and which cannot be taken. */
    public record Outcome(int added, int known, List<IntakeFault> faults) {}

    /** The latest first. */
    List<Intake> all() {
        return store.all(MOST);
    }

    Intake intake(int id) {
        return store.find(id).orElseThrow(() -> new CertificationNotFound("file " + id));
    }

    List<IntakeFault> faults(Intake intake) {
        return store.faults(intake.id(), MOST_FAULTS);
    }

    /**
     * Looks at a file; nothing counts yet. What the same person had looked at before and not saved is dropped.
     *
     * @throws org.espace.access.RosterFileRefused when it is no such file
     */
    @Transactional
    public Intake validate(Intake.Kind kind, String name, byte[] file, String by) {
        var rows = read(kind, file);
        store.deleteUnsaved(by);
        var checked = checked(kind, rows);
        return intake(store.insert(kind, name, file, checked.rows().size(), checked.faults(), clock.instant(), by));
    }

    /** From now on its good rows count; saving it again changes nothing. */
    @Transactional
    public void save(int id, String by) {
        var intake = intake(id);
        store.lockContent(id).ifPresent(content -> {
            var rows = read(intake.kind(), content);
            var outcome = switch (intake.kind()) {
                case RESULTS -> takeResults(check.results(rows), intake.name(), by);
                case MEASURES -> takeMeasures(check.measures(rows), intake.name(), by);
            };
            store.saved(id, outcome.added(), outcome.known(), clock.instant(), by);
            events.publishEvent(Act.of("intake.saved", by, null, intake.name())
                    .changing(
                            Map.of(),
                            Map.of("kind", intake.kind().code(), "added", Integer.toString(outcome.added()))));
        });
    }

    /** As a machine brings them: rows with the columns of the file. */
    @Transactional
    public Outcome takeResults(List<Row> rows, String by) {
        return takeResults(check.results(rows), by, by);
    }

    @Transactional
    public Outcome takeMeasures(List<Row> rows, String by) {
        return takeMeasures(check.measures(rows), by, by);
    }

    private Checked<?> checked(Intake.Kind kind, List<Row> rows) {
        return switch (kind) {
            case RESULTS -> check.results(rows);
            case MEASURES -> check.measures(rows);
        };
    }

    private static List<Row> read(Intake.Kind kind, byte[] file) {
        return switch (kind) {
            case RESULTS ->
                PeopleFile.read(file, IntakeCheck.RESULT, IntakeCheck.RESULT_MAY)
                        .rows();
            case MEASURES ->
                PeopleFile.read(file, IntakeCheck.MEASURE, Set.of()).rows();
        };
    }

    private Outcome takeResults(Checked<ResultRow> checked, String source, String by) {
        var added = 0;
        var touched = new HashSet<PartnerId>();
        for (var row : checked.rows()) {
            var isNew = switch (row) {
                case PassedRow(var member, var certification, var passed) -> {
                    touched.add(member.partner());
                    yield learners.pass(member.person(), member.partner(), certification, passed, source, by);
                }
                case WithdrawnRow(var result, var reason) -> learners.withdraw(result, reason, by);
            };
            added += isNew ? 1 : 0;
        }
        tell(touched);
        return new Outcome(added, checked.rows().size() - added, checked.faults());
    }

    private Outcome takeMeasures(Checked<MeasuredRow> checked, String source, String by) {
        var added = store.insertMeasures(checked.rows(), source, clock.instant(), by);
        var touched = new HashSet<PartnerId>();
        checked.rows().forEach(row -> touched.add(row.key().partner()));
        tell(touched);
        return new Outcome(added, checked.rows().size() - added, checked.faults());
    }

    private void tell(Set<PartnerId> touched) {
        var today = LocalDate.now(clock);
        touched.forEach(partner -> alerts.look(partner, today));
        if (!touched.isEmpty()) {
            events.publishEvent(new CompetenciesChanged(touched));
        }
    }
}
