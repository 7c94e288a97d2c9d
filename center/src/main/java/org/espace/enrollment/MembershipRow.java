package org.espace.enrollment;

import org.espace.partners.Partner;

/** One line of the vendor's list. */
public record MembershipRow(Membership membership, Candidate candidate, Partner partner) {}
