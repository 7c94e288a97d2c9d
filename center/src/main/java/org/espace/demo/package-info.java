/** An invented vendor's business year, handed in and refreshed the way a user would. */
@ApplicationModule(
        allowedDependencies = {
            "earnings",
            "sales",
            "access",
            "agreements",
            "certifications",
            "onboarding",
            "partners",
            "payees",
            "eligibility",
            "enrollment",
            "programs",
            "web"
        })
@NullMarked
package org.espace.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
