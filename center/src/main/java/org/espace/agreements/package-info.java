/** What partners have signed: the texts, in their versions, and who signed them when and for how long. */
@ApplicationModule(allowedDependencies = {"partners", "web"})
@NullMarked
package org.espace.agreements;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
