package org.espace.eligibility;

/** The work has ended elsewhere, as it was cancelled: nothing of it is kept. */
class ImpactStopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    ImpactStopped(int impact) {
        super("impact " + impact + " was cancelled");
    }
}
