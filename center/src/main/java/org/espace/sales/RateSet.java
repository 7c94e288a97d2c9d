package org.espace.sales;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/** The exchange rates published for a day: units of a currency for one euro. */
public record RateSet(int id, LocalDate day, Map<String, BigDecimal> rates) {}
