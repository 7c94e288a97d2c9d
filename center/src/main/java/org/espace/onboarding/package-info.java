/** How an organization begins: the vendor’s list of its users, set up by its administrator all at once. */
@ApplicationModule(allowedDependencies = {"access", "notices", "partners", "programs", "web"})
@NullMarked
package org.espace.onboarding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
