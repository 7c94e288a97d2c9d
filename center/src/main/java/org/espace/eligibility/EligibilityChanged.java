package org.espace.eligibility;

import java.util.List;

/** What has become of some locations, told in the transaction of the evaluation; many at once after a night. */
public record EligibilityChanged(List<Eligibility> changes) {}
