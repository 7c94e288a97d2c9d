package org.espace.certifications;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.EmailAddress;
import org.espace.access.PeopleFile.Row;
import org.espace.access.Provisioning;
import org.espace.access.Provisioning.Member;
import org.espace.certifications.IntakeFault.Code;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.springframework.stereotype.Component;

/** Reads each row of a file as a result or as a measure, or says what is wrong with it: all of it, not only the first. */
@Component
class IntakeCheck {

    static final Set<String> RESULT = Set.of("person", "certification", "passed_on");
    static final Set<String> RESULT_MAY = Set.of("outcome", "reason");
    static final Set<String> MEASURE = Set.of("partner", "area", "figure", "day", "value");
    private static final String NUMBER = "-?[0-9]{1,12}(\\.[0-9]{1,6})?";
    private static final int SHORTEST_REASON = 10;

    private final Partners partners;
    private final Provisioning people;
    private final LearnerStore learners;
    private final Catalogue catalogue;
    private final Competencies competencies;
    private final Clock clock;

    IntakeCheck(
            Partners partners,
            Provisioning people,
            LearnerStore learners,
            Catalogue catalogue,
            Competencies competencies,
            Clock clock) {
        this.partners = partners;
        this.people = people;
        this.learners = learners;
        this.catalogue = catalogue;
        this.competencies = competencies;
        this.clock = clock;
    }

    /** The rows that can be taken, and what is wrong with the others. */
    record Checked<T>(List<T> rows, List<IntakeFault> faults) {}

    sealed interface ResultRow {}

    record PassedRow(Member member, Certification certification, LocalDate passed) implements ResultRow {}

    record WithdrawnRow(LearnerStore.Row result, String reason) implements ResultRow {}

    record MeasuredRow(Key key, BigDecimal value) {

        record Key(PartnerId partner, String area, String figure, LocalDate day) {}
    }

    Checked<ResultRow> results(List<Row> rows) {
        var members = members(rows);
        var certifications = catalogue.certifications().stream().collect(toMap(Certification::code, one -> one));
        var said = new HashSet<List<String>>();
        var good = new ArrayList<ResultRow>();
        var faults = new ArrayList<IntakeFault>();
        for (var row : rows) {
            var of = new ArrayList<IntakeFault>();
            if (isComplete(row, of)) {
                var read = result(row, members, certifications, of);
                if (of.isEmpty() && !said.add(key(row))) {
                    of.add(fault(row, "person", Code.TWICE));
                }
                if (of.isEmpty()) {
                    read.ifPresent(good::add);
                }
            }
            faults.addAll(of);
        }
        return new Checked<>(List.copyOf(good), List.copyOf(faults));
    }

    private static List<String> key(Row row) {
        return List.of(person(row), row.cell("certification"), row.cell("passed_on"), outcome(row));
    }

    private Optional<ResultRow> result(
            Row row, Map<String, Member> members, Map<String, Certification> certifications, List<IntakeFault> faults) {
        var member = Optional.ofNullable(members.get(person(row)));
        if (member.isEmpty()) {
            faults.add(fault(row, "person", Code.UNKNOWN_PERSON));
        } else if (!member.get().person().active()) {
            faults.add(fault(row, "person", Code.NO_OPEN_ACCOUNT));
        }
        var certification = Optional.ofNullable(certifications.get(row.cell("certification")));
        if (certification.isEmpty()) {
            faults.add(fault(row, "certification", Code.UNKNOWN_CERTIFICATION));
        }
        var passed = day(row, "passed_on", faults);
        if (!Set.of("passed", "withdrawn").contains(outcome(row))) {
            faults.add(fault(row, "outcome", Code.UNKNOWN_OUTCOME));
        }
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        return outcome(row).equals("passed")
                ? Optional.of(new PassedRow(member.orElseThrow(), certification.orElseThrow(), passed.orElseThrow()))
                : withdrawn(row, member.orElseThrow(), certification.orElseThrow(), passed.orElseThrow(), faults);
    }

    private Optional<ResultRow> withdrawn(
            Row row, Member member, Certification certification, LocalDate passed, List<IntakeFault> faults) {
        var result = learners.present(member.person().id()).stream()
                .flatMap(learner -> learners.results(learner.number()).stream())
                .filter(known -> known.certification().equals(certification.code())
                        && known.passed().equals(passed))
                .findFirst();
        if (result.isEmpty()) {
            faults.add(fault(row, "passed_on", Code.NOTHING_TO_WITHDRAW));
        }
        if (row.cell("reason").length() < SHORTEST_REASON) {
            faults.add(fault(row, "reason", Code.NO_REASON));
        }
        return result.map(known -> new WithdrawnRow(known, row.cell("reason")));
    }

    /** By what stands in the column: an address, or a learner's number. */
    private Map<String, Member> members(List<Row> rows) {
        var named = rows.stream().map(IntakeCheck::person).distinct().toList();
        var members = new HashMap<String, Member>();
        people.members(named).forEach(member -> members.put(member.person().email(), member));
        var numbers = learners
                .present(named.stream()
                        .filter(text -> text.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .toList())
                .stream()
                .collect(toMap(Learner::user, Learner::number));
        people.membersOf(numbers.keySet())
                .forEach(member ->
                        members.put(String.valueOf(numbers.get(member.person().id())), member));
        return members;
    }

    private static String person(Row row) {
        return EmailAddress.find(row.cell("person")).map(EmailAddress::value).orElseGet(() -> row.cell("person"));
    }

    private static String outcome(Row row) {
        return row.cell("outcome").isEmpty() ? "passed" : row.cell("outcome");
    }

    Checked<MeasuredRow> measures(List<Row> rows) {
        var numbers = partners.partnerNumbers();
        var areas = competencies.definitions(LocalDate.now(clock)).stream()
                .collect(toMap(Definition::code, definition -> definition));
        var said = new HashSet<MeasuredRow.Key>();
        var good = new ArrayList<MeasuredRow>();
        var faults = new ArrayList<IntakeFault>();
        for (var row : rows) {
            var of = new ArrayList<IntakeFault>();
            if (isComplete(row, of)) {
                measure(row, numbers, areas, said, of).ifPresent(good::add);
            }
            faults.addAll(of);
        }
        return new Checked<>(List.copyOf(good), List.copyOf(faults));
    }

    private Optional<MeasuredRow> measure(
            Row row,
            Map<String, Integer> numbers,
            Map<String, Definition> areas,
            Set<MeasuredRow.Key> said,
            List<IntakeFault> faults) {
        var partner = Optional.ofNullable(numbers.get(row.cell("partner"))).map(PartnerId::new);
        if (partner.isEmpty()) {
            faults.add(fault(row, "partner", Code.UNKNOWN_PARTNER));
        }
        var area = Optional.ofNullable(areas.get(row.cell("area")));
        if (area.isEmpty()) {
            faults.add(fault(row, "area", Code.UNKNOWN_AREA));
        } else if (area.map(definition -> definition.figures().get(row.cell("figure")))
                .filter(figure -> figure.certified() == null)
                .isEmpty()) {
            faults.add(fault(row, "figure", Code.UNKNOWN_FIGURE));
        }
        var day = day(row, "day", faults);
        if (!row.cell("value").matches(NUMBER)) {
            faults.add(fault(row, "value", Code.NO_NUMBER));
        }
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        var key = new MeasuredRow.Key(partner.orElseThrow(), row.cell("area"), row.cell("figure"), day.orElseThrow());
        if (!said.add(key)) {
            faults.add(fault(row, "day", Code.TWICE));
            return Optional.empty();
        }
        return Optional.of(new MeasuredRow(key, new BigDecimal(row.cell("value"))));
    }

    private static boolean isComplete(Row row, List<IntakeFault> faults) {
        if (!row.complete()) {
            faults.add(new IntakeFault(
                    row.number(), "", Integer.toString(row.cells().size()), Code.WRONG_WIDTH));
        }
        return row.complete();
    }

    private Optional<LocalDate> day(Row row, String column, List<IntakeFault> faults) {
        try {
            var day = LocalDate.parse(row.cell(column));
            if (day.isAfter(LocalDate.now(clock))) {
                faults.add(fault(row, column, Code.FUTURE));
            }
            return Optional.of(day);
        } catch (DateTimeException _) {
            faults.add(fault(row, column, Code.NO_DAY));
            return Optional.empty();
        }
    }

    private static IntakeFault fault(Row row, String column, Code code) {
        return new IntakeFault(row.number(), column, row.cell(column), code);
    }
}
