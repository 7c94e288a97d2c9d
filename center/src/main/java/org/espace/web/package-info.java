/** The page frame, formats, errors, languages, and the instance that all rooms live in. */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
@NullMarked
package org.espace.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
