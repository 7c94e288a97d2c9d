package org.espace.earnings;

import java.util.List;
import org.espace.money.Money;

/**
 * One page of earning lines.
 *
 * @param count how many lines there are on all pages
 * @param totals what all pages come to, for each currency
 */
public record LinePage(List<EarningLine> lines, long count, List<Sum> totals) {

    public record Sum(Money amount, Money rebate, Money coop) {}
}
