/** What was sold, as it arrives: accepted, refused with a reason, corrected. */
@ApplicationModule(allowedDependencies = {"customers", "partners", "web"})
@NullMarked
package org.espace.sales;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
