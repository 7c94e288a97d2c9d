/** Who has joined which program, from when to when, and how locations stand: lists, proofs, plans. */
@ApplicationModule(allowedDependencies = {"programs", "sales", "partners", "web"})
@NullMarked
package org.espace.enrollment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
