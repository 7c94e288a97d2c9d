package org.espace.agreements;

import org.espace.partners.PartnerId;

/** An agreement was signed for the partner, or has ended; told in the transaction that changes it. */
public record AgreementsChanged(PartnerId partner) {}
