/** What was earned, from facts and terms alone: no clock, no database, no I/O. */
@NullMarked
package org.espace.engine;

import org.jspecify.annotations.NullMarked;
