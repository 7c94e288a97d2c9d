package org.espace.partners;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.espace.partners.Verification.Step;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to what partners say of themselves. Whatever was verified and has changed is asked about again: a new legal
 * name or address asks about the business, a new primary contact about the ownership of the address and the employment.
 */
@Service
public class Organizations {

    private final OrganizationStore store;
    private final Partners partners;
    private final Verifications verifications;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Organizations(
            OrganizationStore store,
            Partners partners,
            Verifications verifications,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.partners = partners;
        this.verifications = verifications;
        this.events = events;
        this.clock = clock;
    }

    public Organization organization(PartnerId partner) {
        return new Organization(
                partners.partner(partner),
                store.profile(partner).orElse(null),
                store.contacts(partner),
                store.registrations(partner));
    }

    /**
     * From the fields legal-name, trading-name, street, postal-code, city, region, country, phone and website.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void state(PartnerId partner, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var profile = Profile.read(fields);
        fields.refuseFaulty();
        store.lock(partner);
        var before = store.profile(partner);
        if (before.isPresent() && before.get().equals(profile)) {
            return;
        }
        store.keep(partner, profile, by, clock.instant());
        publish(Act.of("organization.profile-changed", by, partner.value(), profile.legalName())
                .changing(before.map(Profile::described).orElse(Map.of()), profile.described()));
        if (before.isEmpty()) {
            verifications.open(partner, Step.BUSINESS, by);
            verifications.open(partner, Step.DUE_DILIGENCE, by);
        } else if (!profile.isLegallyAs(before.get())) {
            verifications.open(partner, Step.BUSINESS, by);
        }
    }

    /**
     * From the fields purpose, name, email and phone. A new primary contact takes the place of the one before.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void addContact(PartnerId partner, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var contact = Contact.read(fields);
        fields.refuseFaulty();
        store.lock(partner);
        var primary = contact.purpose() == Contact.Purpose.PRIMARY;
        if (primary) {
            store.contacts(partner).stream()
                    .filter(other -> other.purpose() == Contact.Purpose.PRIMARY)
                    .forEach(other -> remove(partner, other, by));
        }
        if (!store.insert(partner, contact, by, clock.instant())) {
            throw new FormRefused("email", "contact-exists");
        }
        publish(Act.of("contact.added", by, partner.value(), contact.email()).changing(Map.of(), described(contact)));
        if (primary) {
            verifications.open(partner, Step.EMAIL_OWNERSHIP, by);
            verifications.open(partner, Step.EMPLOYMENT, by);
        }
    }

    /** One that is gone already stays gone. */
    @Transactional
    public void removeContact(PartnerId partner, int contact, String by) {
        store.lock(partner);
        store.contacts(partner).stream()
                .filter(known -> known.id() == contact)
                .forEach(known -> remove(partner, known, by));
    }

    private void remove(PartnerId partner, Contact contact, String by) {
        store.deleteContact(partner, contact.id());
        publish(Act.of("contact.removed", by, partner.value(), contact.email()).changing(described(contact), Map.of()));
    }

    /**
     * From the fields country, kind and number; takes the place of what was stated for that country.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void register(PartnerId partner, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var registration = Registration.read(fields);
        fields.refuseFaulty();
        store.lock(partner);
        var before = number(partner, registration.country(), registration.kind());
        if (before.equals(registration.number())) {
            return;
        }
        store.keep(partner, registration, by, clock.instant());
        publish(Act.of("registration.changed", by, partner.value(), registration.country())
                .changing(
                        before.isEmpty() ? Map.of() : Map.of(registration.kind().code(), before),
                        Map.of(registration.kind().code(), registration.number())));
    }

    @Transactional
    public void deregister(PartnerId partner, String country, Registration.Kind kind, String by) {
        store.lock(partner);
        var before = number(partner, country, kind);
        if (!before.isEmpty()) {
            store.deleteRegistration(partner, country, kind);
            publish(Act.of("registration.changed", by, partner.value(), country)
                    .changing(Map.of(kind.code(), before), Map.of()));
        }
    }

    private String number(PartnerId partner, String country, Registration.Kind kind) {
        return store.registrations(partner).stream()
                .filter(known -> known.country().equals(country) && known.kind() == kind)
                .map(Registration::number)
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> described(Contact contact) {
        var described = new HashMap<String, String>();
        described.put("purpose", contact.purpose().code());
        described.put("name", contact.name());
        if (contact.phone() != null) {
            described.put("phone", contact.phone());
        }
        return described;
    }

    private void publish(Act act) {
        events.publishEvent(act);
    }
}
