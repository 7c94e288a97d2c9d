package org.espace.partners;

/**
 * A company we do business with.
 *
 * @param number what the vendor calls it
 * @param country ISO 3166, two letters
 */
public record Partner(PartnerId id, String number, String name, String country) {}
