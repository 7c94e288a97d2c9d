package org.espace.eligibility;

record ImpactBegun(int impact) {}
