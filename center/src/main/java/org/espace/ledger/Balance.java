package org.espace.ledger;

import org.espace.money.Money;

/** What stands on an account, in one currency: credits less debits. */
public record Balance(String path, Money amount) {}
