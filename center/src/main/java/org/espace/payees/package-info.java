/** Whom to pay, where, and under which tax: bank and tax profiles, validated. */
@ApplicationModule(allowedDependencies = {"access", "notices", "documents", "partners", "programs", "web"})
@NullMarked
package org.espace.payees;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
