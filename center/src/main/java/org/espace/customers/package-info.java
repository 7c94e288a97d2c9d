/** Whom a partner works for. */
@ApplicationModule(allowedDependencies = {"partners", "web"})
@NullMarked
package org.espace.customers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
