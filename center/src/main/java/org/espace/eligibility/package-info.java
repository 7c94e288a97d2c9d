/** Who may join a program, and why not: each condition with its answer, its evidence and its history. */
@ApplicationModule(
        allowedDependencies = {"programs", "certifications", "agreements", "sales", "access", "partners", "web"})
@NullMarked
package org.espace.eligibility;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
