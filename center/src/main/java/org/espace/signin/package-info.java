/** How somebody proves who they are: passwords, second factors, passkeys, and the sessions that follow. */
@ApplicationModule(allowedDependencies = {"access", "notices", "partners", "web"})
@NullMarked
package org.espace.signin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
