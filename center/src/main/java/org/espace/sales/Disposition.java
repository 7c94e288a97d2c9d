package org.espace.sales;

import org.espace.feed.Mapping.Outcome;

/** Why a line earns nothing, or nothing yet, by the status that its feed gives. */
public record Disposition(int id, Outcome outcome, String code) {}
