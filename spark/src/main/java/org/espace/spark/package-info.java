/** The same refresh on a Spark cluster: Spark hands out ranges of locations, the engine rates them. */
@NullMarked
package org.espace.spark;

import org.jspecify.annotations.NullMarked;
