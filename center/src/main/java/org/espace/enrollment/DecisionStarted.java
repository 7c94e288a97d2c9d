package org.espace.enrollment;

/** A decision is to be carried out. Published in its transaction: listen after the commit. */
record DecisionStarted(int decision) {}
