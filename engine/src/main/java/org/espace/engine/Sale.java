package org.espace.engine;

import java.time.LocalDate;
import java.util.Currency;

/**
 * One sale by itself, with the ids that the facts give to what it is about.
 *
 * @param quantity in millionths of a unit
 * @param amount in minor units of its currency, times ten to the fraction digits of the run
 * @param order 0 for a line without an order
 * @param kind 0 for a line that was invoiced, of which nothing else is said
 * @param disposition 0 when the vendor lets it earn
 */
public record Sale(
        int location,
        LocalDate day,
        int customer,
        int product,
        long quantity,
        long amount,
        Currency currency,
        long order,
        int kind,
        int disposition) {

    public Sale returned() {
        return with(-quantity, -amount);
    }

    Sale with(long newQuantity, long newAmount) {
        return new Sale(location, day, customer, product, newQuantity, newAmount, currency, order, kind, disposition);
    }

    Sale on(LocalDate newDay) {
        return new Sale(location, newDay, customer, product, quantity, amount, currency, order, kind, disposition);
    }

    Sale to(int newCustomer) {
        return new Sale(location, day, newCustomer, product, quantity, amount, currency, order, kind, disposition);
    }

    Sale of(int newKind) {
        return new Sale(location, day, customer, product, quantity, amount, currency, order, newKind, disposition);
    }

    Sale cleared() {
        return new Sale(location, day, customer, product, quantity, amount, currency, order, kind, 0);
    }

    /** As a batch of one line. */
    SaleLines asLines() {
        var lines = new SaleLines(1);
        lines.size = 1;
        lines.location[0] = location;
        lines.seq[0] = 1;
        lines.day[0] = (int) day.toEpochDay();
        lines.customer[0] = customer;
        lines.product[0] = product;
        lines.quantity[0] = quantity;
        lines.amount[0] = amount;
        lines.currency[0] = (short) currency.getNumericCode();
        lines.order[0] = order;
        lines.kind[0] = kind;
        lines.disposition[0] = (short) disposition;
        return lines;
    }
}
