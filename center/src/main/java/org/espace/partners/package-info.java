/** Who we do business with: global accounts and their locations. */
@ApplicationModule(allowedDependencies = {"web"})
@NullMarked
package org.espace.partners;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
