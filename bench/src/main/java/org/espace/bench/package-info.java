/** Generators and measurements: Espace against the floor and against alternatives, side by side. */
@NullMarked
package org.espace.bench;

import org.jspecify.annotations.NullMarked;
