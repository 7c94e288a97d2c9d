package org.espace.earnings;

import org.espace.eligibility.Eligibilities;
import org.espace.engine.Catalogues;
import org.espace.terms.Catalogue;
import org.springframework.stereotype.Component;

/**
 * What terms may name: what is sold, to whom and through whom, as far as earnings rest on it, and what locations can be
 * asked to hold.
 */
@Component
public class SoldCatalogue {

    private final Footing footing;
    private final Eligibilities eligibilities;

    SoldCatalogue(Footing footing, Eligibilities eligibilities) {
        this.footing = footing;
        this.eligibilities = eligibilities;
    }

    public Catalogue now() {
        return new Catalogue(Catalogues.of(footing.now().facts()).things(), eligibilities.codes());
    }
}
