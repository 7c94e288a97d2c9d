/** What we promise, in which version, from when to when. */
@ApplicationModule(allowedDependencies = {"web"})
@NullMarked
package org.espace.programs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
