package org.espace.access;

/** The rows of a list are to become users. */
record RosterSaved(int roster) {}
