/** Who we do business with: global accounts and their locations, what they say of themselves, and what of it is verified. */
@ApplicationModule(allowedDependencies = {"documents", "notices", "web"})
@NullMarked
package org.espace.partners;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
