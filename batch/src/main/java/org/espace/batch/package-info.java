/** The embedded runner: DuckDB reads and writes the lake, the engine rates in between. */
@NullMarked
package org.espace.batch;

import org.jspecify.annotations.NullMarked;
