package org.espace.access;

import org.espace.partners.PartnerId;

/** Somebody of the organization has left or come back; published in the transaction in which they do. */
public record PeopleChanged(PartnerId partner) {}
