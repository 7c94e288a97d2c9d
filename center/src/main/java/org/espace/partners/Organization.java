package org.espace.partners;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A partner and what it says of itself.
 *
 * @param profile null until the partner has stated it
 */
public record Organization(
        Partner partner, @Nullable Profile profile, List<Contact> contacts, List<Registration> registrations) {

    /** Where its business is: as stated, else as the vendor has it. */
    String country() {
        return profile == null ? partner.country() : profile.address().country();
    }

    /** A country whose companies have to state their number, and this one has not. */
    public Optional<String> missingCompanyNumber() {
        return Optional.of(country())
                .filter(Countries::needsCompanyNumber)
                .filter(country -> registrations.stream()
                        .noneMatch(known -> known.kind() == Registration.Kind.COMPANY
                                && known.country().equals(country)));
    }

    public boolean hasContact(Contact.Purpose purpose) {
        return contacts.stream().anyMatch(contact -> contact.purpose() == purpose);
    }
}
