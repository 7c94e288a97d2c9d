package org.espace.earnings;

import java.util.List;
import java.util.Map;

/**
 * What a first page tells of a partner's earnings, all of it as of the same moment.
 *
 * @param months every month, in order, whichever one the filter names
 * @param totals by everything else, in the order of the dimensions, highest first
 * @param sales what was sold, by what became of it
 */
public record Overview(List<EarningTotal> months, Map<Dimension, List<EarningTotal>> totals, List<SalesTotal> sales) {}
