/** Other systems at the door: an organization’s directory by SCIM, its machines, and the provider where its users sign in. */
@ApplicationModule(
        allowedDependencies = {
            "access",
            "audit",
            "certifications",
            "earnings",
            "eligibility",
            "partners",
            "signin",
            "web"
        })
@NullMarked
package org.espace.federation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
