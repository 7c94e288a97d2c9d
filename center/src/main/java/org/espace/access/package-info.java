/** Who may sign in, and what they may do for which partner. */
@ApplicationModule(allowedDependencies = {"notices", "partners", "programs", "web"})
@NullMarked
package org.espace.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
