/** Who was invited to a program, and who has joined it, from when to when. */
@ApplicationModule(
        allowedDependencies = {"eligibility", "payees", "programs", "sales", "access", "notices", "partners", "web"})
@NullMarked
package org.espace.enrollment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
