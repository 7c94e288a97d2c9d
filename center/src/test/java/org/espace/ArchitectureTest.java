package org.espace;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {

    /** The libraries that share our base package are not rooms. */
    static final ApplicationModules ROOMS = ApplicationModules.of(
            Espace.class,
            resideInAnyPackage(
                    "org.espace.db..",
                    "org.espace.jte..",
                    "org.espace.postgres..",
                    "org.espace.money..",
                    "org.espace.terms..",
                    "org.espace.engine..",
                    "org.espace.batch..",
                    "org.espace.feed.."));

    @Test
    void roomsUseOnlyWhatTheirPlatesName() {
        ROOMS.verify();
    }
}
