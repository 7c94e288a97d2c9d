package org.espace.federation.providers;

import java.util.List;

/** What domains say of themselves. */
interface TxtRecords {

    /**
     * Empty where there is none.
     *
     * @throws ProviderRefused when nobody answers
     */
    List<String> of(String host);
}
