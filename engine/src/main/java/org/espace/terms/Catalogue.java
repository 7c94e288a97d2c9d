package org.espace.terms;

import java.util.Map;
import java.util.Set;

/**
 * What a vendor sells, to whom and through whom: what terms may name.
 *
 * @param things for each side the different combinations of attributes that its products, customers, locations or kinds
 *     of lines have; a side of which nothing is known is not looked at
 * @param codes by the key of a condition what it may name: agreements, competencies, designations, areas of points,
 *     measures; a key that is absent is not looked at, and of one that is there without codes everything is unknown
 */
public record Catalogue(
        Map<Selection.Side, Set<Map<Selection.Attribute, Set<String>>>> things, Map<String, Set<String>> codes) {}
