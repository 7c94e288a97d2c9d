@NullMarked
package org.espace.federation.providers;

import org.jspecify.annotations.NullMarked;
