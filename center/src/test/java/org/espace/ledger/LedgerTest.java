package org.espace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espace.RoomTest;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@RoomTest
class LedgerTest {

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext sql;

    @Test
    void balancesDeriveFromPostings() {
        var location = new LocationId(800_001);
        post(transfer("balance:1", location, "100.00"), transfer("balance:2", location, "20.50"));
        post(new Transfer(
                "balance:3",
                Account.rebateAccrued(location, "csp"),
                Account.INCENTIVE_EXPENSE,
                Money.of("0.50", "USD")));
        assertThat(ledger.balances(location))
                .containsExactly(new Balance("partner:800001:csp:rebate:accrued", Money.of("120.00", "USD")));
    }

    @Test
    void postingTwiceUnderOneReferencePostsOnce() {
        var location = new LocationId(800_002);
        post(transfer("once", location, "10.00"));
        post(transfer("once", location, "10.00"));
        assertThat(ledger.balances(location)).extracting(Balance::amount).containsExactly(Money.of("10.00", "USD"));
    }

    @Test
    void aReferenceCannotComeToMeanSomethingElse() {
        var location = new LocationId(800_003);
        post(transfer("meaning", location, "10.00"));
        assertThatThrownBy(() -> post(transfer("meaning", location, "11.00")))
                .isInstanceOf(PostingDiffers.class)
                .hasMessage("meaning was posted before, and differently");
        assertThat(ledger.balances(location)).extracting(Balance::amount).containsExactly(Money.of("10.00", "USD"));
    }

    @Test
    void withoutATransactionNothingIsPosted() {
        assertThatThrownBy(() -> ledger.post(List.of(transfer("alone", new LocationId(800_004), "1.00"))))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void aPostingNeverChanges() {
        post(transfer("for-ever", new LocationId(800_005), "1.00"));
        assertThatThrownBy(() -> sql.execute("update ledger.posting set amount = 2 where reference = 'for-ever'"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("postings are never changed");
        assertThatThrownBy(() -> sql.execute("delete from ledger.posting where reference = 'for-ever'"))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void anAmountOfNothingIsNoTransfer() {
        assertThatThrownBy(() -> transfer("nothing", new LocationId(800_006), "0.00"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void post(Transfer... transfers) {
        transaction.executeWithoutResult(_ -> ledger.post(List.of(transfers)));
    }

    private static Transfer transfer(String reference, LocationId location, String amount) {
        return new Transfer(
                reference, Account.INCENTIVE_EXPENSE, Account.rebateAccrued(location, "csp"), Money.of(amount, "USD"));
    }
}
