package org.espace.eligibility;

import org.espace.agreements.AgreementsChanged;
import org.espace.certifications.CompetenciesChanged;
import org.espace.partners.Location;
import org.espace.partners.LocationClosed;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.TermsPublished;
import org.espace.sales.RatesLoaded;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Notes whom news is about, in the transaction that brings it, to be looked at after. A load needs no note: that it is not
 * summed yet says so.
 */
@Component
class Touching {

    private final EligibilityStore store;
    private final Partners partners;

    Touching(EligibilityStore store, Partners partners) {
        this.store = store;
        this.partners = partners;
    }

    @EventListener
    void on(FactsTouched touched) {
        store.touch(touched.locations());
    }

    @EventListener
    void on(AgreementsChanged changed) {
        touch(changed.partner());
    }

    @EventListener
    void on(CompetenciesChanged changed) {
        changed.partners().forEach(this::touch);
    }

    @EventListener
    void on(LocationClosed closed) {
        touch(partners.location(closed.location()).partner());
    }

    private void touch(PartnerId partner) {
        store.touch(partners.locations(partner).stream().map(Location::id).toList());
    }

    @EventListener
    void on(TermsPublished published) {
        store.touchAll();
    }

    @EventListener
    void on(RatesLoaded loaded) {
        store.touchAll();
    }
}
