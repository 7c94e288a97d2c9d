package org.espace.federation;

import java.util.Optional;
import org.espace.access.Machine;

/** One kind of token that machines show. */
public interface BearerTokens {

    /** By which tokens of this kind begin. */
    String prefix();

    /** Whose token this is, if it is good. */
    Optional<Machine> holder(Credential token);
}
