/** A private, durable PostgreSQL server for an instance, unpacked from the class path and shared by the processes that use it. */
@NullMarked
package org.espace.postgres;

import org.jspecify.annotations.NullMarked;
