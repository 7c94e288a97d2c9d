/** Files that people hand in, kept under their SHA-256 and given out again as attachments. */
@ApplicationModule(allowedDependencies = {"web"})
@NullMarked
package org.espace.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
