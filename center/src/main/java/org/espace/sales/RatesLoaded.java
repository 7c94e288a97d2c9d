package org.espace.sales;

/** Exchange rates were loaded that were not known; told in the transaction that keeps them. */
public record RatesLoaded() {}
