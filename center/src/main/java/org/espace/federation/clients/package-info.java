@NullMarked
package org.espace.federation.clients;

import org.jspecify.annotations.NullMarked;
