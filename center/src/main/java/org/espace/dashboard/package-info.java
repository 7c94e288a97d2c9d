/** What a partner has earned, and why. */
@ApplicationModule(
        allowedDependencies = {
            "earnings",
            "sales",
            "customers",
            "enrollment",
            "eligibility",
            "programs",
            "access",
            "onboarding",
            "partners",
            "web"
        })
@NullMarked
package org.espace.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
