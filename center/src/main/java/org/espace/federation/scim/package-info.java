@NullMarked
package org.espace.federation.scim;

import org.jspecify.annotations.NullMarked;
