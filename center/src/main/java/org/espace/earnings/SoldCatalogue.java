package org.espace.earnings;

import org.espace.engine.Catalogues;
import org.espace.terms.Catalogue;
import org.springframework.stereotype.Component;

/** What is sold, to whom and through whom, as far as earnings rest on it: what terms may name. */
@Component
public class SoldCatalogue {

    private final Footing footing;

    SoldCatalogue(Footing footing) {
        this.footing = footing;
    }

    public Catalogue now() {
        return Catalogues.of(footing.now().facts());
    }
}
