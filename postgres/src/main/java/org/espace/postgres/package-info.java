@NullMarked
package org.espace.postgres;

import org.jspecify.annotations.NullMarked;
