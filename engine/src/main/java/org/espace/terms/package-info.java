/** What a program promises, read from YAML. */
@NullMarked
package org.espace.terms;

import org.jspecify.annotations.NullMarked;
