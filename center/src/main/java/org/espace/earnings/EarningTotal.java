package org.espace.earnings;

import org.espace.money.Money;

/**
 * What was earned under one heading, in one currency: rebate and co-op always sum to the amount.
 *
 * @param key the month ("2026-03"), program code, "program/lever", location id or customer id
 * @param name what to print for the key, in no particular language (a name or the key itself)
 * @param lines how many earning lines stand behind it
 */
public record EarningTotal(String key, String name, Money amount, Money rebate, Money coop, long lines) {}
