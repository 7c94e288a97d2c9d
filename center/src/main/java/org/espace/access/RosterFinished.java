package org.espace.access;

import org.espace.partners.PartnerId;

/** Every row of a list has become a user, or was found to be one. */
public record RosterFinished(int roster, PartnerId partner) {}
