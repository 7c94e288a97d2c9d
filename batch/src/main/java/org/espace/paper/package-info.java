/** A program tried on paper: facts from a few CSV files, rated by the engine alone, without a database. */
@NullMarked
package org.espace.paper;

import org.jspecify.annotations.NullMarked;
