package org.espace.certifications;

import java.util.Collection;
import java.util.List;
import org.espace.partners.PartnerId;

/** What these companies have attained, or their points, may be others now; published in the transaction that changes it. */
public record CompetenciesChanged(Collection<PartnerId> partners) {

    public CompetenciesChanged {
        partners = List.copyOf(partners);
    }
}
