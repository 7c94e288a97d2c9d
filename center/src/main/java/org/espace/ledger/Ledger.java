package org.espace.ledger;

import static org.espace.db.ledger.Tables.BALANCE;
import static org.jooq.impl.DSL.val;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The door to every amount that we owe. */
@Service
public class Ledger {

    private static final int BATCH = 20_000;

    private final DSLContext sql;
    private final Clock clock;

    Ledger(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Posts the transfers in the caller's transaction, and refuses to run without one. What was posted before under the
     * same reference is left as it is.
     *
     * @throws PostingDiffers when a reference was posted before with another amount or between other accounts
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void post(List<Transfer> transfers) {
        for (var from = 0; from < transfers.size(); from += BATCH) {
            insert(transfers.subList(from, Math.min(from + BATCH, transfers.size())));
        }
    }

    /** What stands on the location's accounts, by path. */
    @Transactional(readOnly = true)
    public List<Balance> balances(LocationId location) {
        return sql.select(BALANCE.PATH, BALANCE.AMOUNT, BALANCE.CURRENCY)
                .from(BALANCE)
                .where(BALANCE.LOCATION_ID.eq(location.value()))
                .orderBy(BALANCE.PATH, BALANCE.CURRENCY)
                .fetch(row -> new Balance(row.value1(), new Money(row.value2(), Currency.getInstance(row.value3()))));
    }

    private void insert(List<Transfer> transfers) {
        var references = transfers.stream().map(Transfer::reference).toArray(String[]::new);
        var debits = transfers.stream().map(transfer -> transfer.debit().path()).toArray(String[]::new);
        var credits =
                transfers.stream().map(transfer -> transfer.credit().path()).toArray(String[]::new);
        var amounts =
                transfers.stream().map(transfer -> transfer.amount().amount()).toArray(BigDecimal[]::new);
        var currencies = transfers.stream()
                .map(transfer -> transfer.amount().currency().getCurrencyCode())
                .toArray(String[]::new);
        open(transfers);
        sql.execute(
                """
                insert into ledger.posting (reference, debit, credit, amount, currency, posted_at)
                select given.reference, debit.id, credit.id, given.amount, given.currency, {0}
                from unnest({1}, {2}, {3}, {4}, {5}) as given (reference, debit, credit, amount, currency)
                join ledger.account debit on debit.path = given.debit
                join ledger.account credit on credit.path = given.credit
                on conflict (reference) do nothing
                """,
                val(clock.instant().atOffset(ZoneOffset.UTC)),
                val(references),
                val(debits),
                val(credits),
                val(amounts),
                val(currencies));
        var different =
                sql.fetchOptional("""
                select given.reference
                from unnest({0}, {1}, {2}, {3}, {4}) as given (reference, debit, credit, amount, currency)
                join ledger.posting on posting.reference = given.reference
                join ledger.account debit on debit.id = posting.debit
                join ledger.account credit on credit.id = posting.credit
                where (debit.path, credit.path, posting.amount, posting.currency::text)
                      is distinct from (given.debit, given.credit, given.amount, given.currency)
                limit 1
                """, val(references), val(debits), val(credits), val(amounts), val(currencies));
        different.ifPresent(row -> {
            throw new PostingDiffers(row.get(0, String.class));
        });
    }

    private void open(List<Transfer> transfers) {
        var accounts = transfers.stream()
                .flatMap(transfer -> Stream.of(transfer.debit(), transfer.credit()))
                .distinct()
                .toList();
        sql.execute(
                """
                insert into ledger.account (path, location_id)
                select * from unnest({0}, {1})
                on conflict (path) do nothing
                """,
                val(accounts.stream().map(Account::path).toArray(String[]::new)),
                val(accounts.stream()
                        .map(account -> account.location() == null
                                ? null
                                : account.location().value())
                        .toArray(Integer[]::new)));
    }
}
