package org.espace.eligibility;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.espace.partners.LocationId;
import org.espace.terms.Terms;
import org.springframework.stereotype.Service;

/**
 * The door to who may join a program, and why not. What stands is as of the last evaluation: every night, and within
 * seconds after something was learned.
 */
@Service
public class Eligibilities {

    private final Evaluation evaluation;
    private final Checklists checklists;
    private final Impacts impacts;
    private final EligibilityStore store;

    Eligibilities(Evaluation evaluation, Checklists checklists, Impacts impacts, EligibilityStore store) {
        this.evaluation = evaluation;
        this.checklists = checklists;
        this.impacts = impacts;
        this.store = store;
    }

    /** Looks at every location and every program, and keeps what has changed. */
    public void evaluate(LocalDate day) {
        evaluation.ofAll(day);
    }

    /** Looks at these locations, and at all others of their companies. */
    public void evaluate(Collection<LocationId> locations, LocalDate day) {
        evaluation.of(locations, day);
    }

    /** Looks at the locations of which something was learned since they were last looked at. */
    public void evaluateTouched(LocalDate day) {
        evaluation.ofTouched(day);
    }

    /** As it stands; nothing for programs whose terms are over. */
    public List<Eligibility> of(Collection<LocationId> locations) {
        return store.rulings(locations, null).stream()
                .flatMap(ruling -> ruling.eligibility().stream())
                .toList();
    }

    public Optional<Eligibility> of(LocationId location, String program) {
        return of(List.of(location)).stream()
                .filter(eligibility -> eligibility.program().equals(program))
                .findFirst();
    }

    /**
     * Each condition of the program with its answer for that day, as we know now; nothing when its terms are over by
     * then. Conditions of a day before the first version are those of the first.
     */
    public List<Answer> checklist(LocationId location, String program, LocalDate day) {
        return checklists.now(location, program, day).stream()
                .flatMap(checklist -> checklist.lines().stream())
                .map(ChecklistView.Line::answer)
                .toList();
    }

    /** Who would come in and who would go out if the draft held on that day; nothing is changed. */
    public Impact impact(Terms draft, LocalDate day) {
        return impacts.of(draft, day);
    }
}
