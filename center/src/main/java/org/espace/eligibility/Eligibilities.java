package org.espace.eligibility;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.espace.partners.LocationId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to who may join a program, and why not. */
@Service
public class Eligibilities {

    private final EligibilityStore store;

    Eligibilities(EligibilityStore store) {
        this.store = store;
    }

    /** Looks at every location and every program, and keeps what has changed. */
    @Transactional
    public void evaluate(LocalDate day) {}

    /** Looks at the locations that facts have touched. */
    @Transactional
    public void evaluate(Collection<LocationId> locations, LocalDate day) {}

    /** As last evaluated; nothing for programs without terms for today or later. */
    public List<Eligibility> of(Collection<LocationId> locations) {
        return store.verdicts(locations);
    }

    public Optional<Eligibility> of(LocationId location, String program) {
        return of(List.of(location)).stream()
                .filter(eligibility -> eligibility.program().equals(program))
                .findFirst();
    }

    /** Each condition of the program with its answer for that day, as we know now; nothing without terms for it. */
    public List<Answer> checklist(LocationId location, String program, LocalDate day) {
        return List.of();
    }
}
