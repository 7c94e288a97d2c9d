package org.espace.sales;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.espace.partners.LocationId;

/** What a location has invoiced on a day in one currency, with all corrections that are known; never zero. */
public record DaySum(LocationId location, LocalDate day, String currency, BigDecimal amount) {}
