/** Every amount we owe, as balanced postings that never change. */
@ApplicationModule(allowedDependencies = {"partners", "web"})
@NullMarked
package org.espace.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
