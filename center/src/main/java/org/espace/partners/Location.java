package org.espace.partners;

/**
 * A place of a partner.
 *
 * @param number what the vendor's feeds write
 * @param type direct-reseller, indirect-provider or indirect-reseller
 */
public record Location(LocationId id, PartnerId partner, String number, String name, String country, String type) {}
