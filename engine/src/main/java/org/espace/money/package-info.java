/** Exact amounts, rates and currencies. */
@NullMarked
package org.espace.money;

import org.jspecify.annotations.NullMarked;
