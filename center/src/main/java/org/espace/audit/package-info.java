/** Who did what, when, from where and for whom: a book to which entries are only added. */
@ApplicationModule(allowedDependencies = {"partners", "web"})
@NullMarked
package org.espace.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
