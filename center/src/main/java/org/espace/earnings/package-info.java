/** Runs the refresh, keeps earning lines, posts what is earned. */
@ApplicationModule(
        allowedDependencies = {
            "programs",
            "enrollment",
            "eligibility",
            "sales",
            "customers",
            "ledger",
            "partners",
            "web"
        })
@NullMarked
package org.espace.earnings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
