package org.espace.eligibility;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.partners.LocationId;
import org.springframework.stereotype.Service;

/**
 * The door to who may join a program, and why not. What stands is as of the last evaluation: every night, and within
 * seconds after something was learned.
 */
@Service
public class Eligibilities {

    private static final int IMPACTS_SHOWN = 20;

    private final Evaluation evaluation;
    private final Checklists checklists;
    private final Knowledge knowledge;
    private final ImpactsAtWork impacts;
    private final ImpactStore impactStore;
    private final EligibilityStore store;

    Eligibilities(
            Evaluation evaluation,
            Checklists checklists,
            Knowledge knowledge,
            ImpactsAtWork impacts,
            ImpactStore impactStore,
            EligibilityStore store) {
        this.evaluation = evaluation;
        this.checklists = checklists;
        this.knowledge = knowledge;
        this.impacts = impacts;
        this.impactStore = impactStore;
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

    /**
     * What conditions may name, by the key that they stand under in terms: what locations hold, what companies can sign or
     * attain, in what areas a score is counted, and what somebody has brought a number for. Where nobody but a feed could
     * know, as of co-sell, the key is absent until one has told.
     */
    public Map<String, Set<String>> codes() {
        return knowledge.codes();
    }

    /**
     * Begins to work out, in the background, who would come in and who would go out if the draft held today; nothing is
     * changed. While one is at work, that one goes on, and nothing else happens.
     *
     * @throws org.espace.terms.TermsInvalid when the draft is no valid terms
     */
    public void beginImpact(String draft, String by) {
        impacts.begin(draft, by);
    }

    /** The one that is at work, in whatever process. */
    public Optional<ImpactAsked> impactAtWork() {
        return impactStore.atWork();
    }

    /** The last ones that were asked for of the program, the latest first. */
    public List<ImpactAsked> impacts(String program) {
        return impactStore.of(program, IMPACTS_SHOWN);
    }

    /** @throws ImpactNotFound when there is none of this number that is done */
    public ImpactAsked impactDone(int impact) {
        return impactStore
                .find(impact)
                .filter(asked -> asked.state() == ImpactAsked.State.DONE)
                .orElseThrow(() -> new ImpactNotFound(impact));
    }

    /** The report of one that is done. */
    public Impact impact(ImpactAsked done) {
        return impactStore.report(done);
    }

    /** It stops within a second or so and leaves nothing; one that has ended stays as it is. */
    public void cancelImpact(int impact, String by) {
        impacts.cancel(impact, by);
    }
}
