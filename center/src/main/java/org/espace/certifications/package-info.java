/** What people and partners have proved, and until when. */
@ApplicationModule(allowedDependencies = {"access", "notices", "documents", "partners", "web"})
@NullMarked
package org.espace.certifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
