package org.espace.sales;

/** A load has brought lines. Published in its transaction: listen after the commit. */
public record SalesLoaded(int load) {}
