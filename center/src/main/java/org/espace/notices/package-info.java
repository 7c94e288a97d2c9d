/** The mail that we send: kept first, sent after. */
@ApplicationModule(allowedDependencies = {"web"})
@NullMarked
package org.espace.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
