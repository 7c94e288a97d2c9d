/** Vendors' files, read through a mapping: every row accepted, or refused with a reason. */
@NullMarked
package org.espace.feed;

import org.jspecify.annotations.NullMarked;
