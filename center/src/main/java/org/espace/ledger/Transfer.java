package org.espace.ledger;

import org.espace.money.Money;

/**
 * An amount that goes from one account to another.
 *
 * @param reference names what happened, once and for all: posting it again changes nothing
 * @param amount above zero; what goes back is a transfer the other way
 */
public record Transfer(String reference, Account debit, Account credit, Money amount) {

    public Transfer {
        if (amount.amount().signum() <= 0) {
            throw new IllegalArgumentException("%s: a transfer must be above zero: %s".formatted(reference, amount));
        }
    }
}
