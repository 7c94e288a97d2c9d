package org.espace.audit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.espace.web.Act;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes acts down in the transaction that does them, right before it commits: the place at the end of the chain, which only
 * one can have at a time, is held for that moment and not while the work is done.
 */
@Component
class Scribe {

    private final EntryStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Scribe(EntryStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    @EventListener
    void on(Act act) {
        var entry = Entry.of(act, Origin.current(), clock.instant());
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            noted().entries.add(entry);
        } else {
            transaction.executeWithoutResult(_ -> store.append(List.of(entry)));
        }
    }

    private Noted noted() {
        if (TransactionSynchronizationManager.getResource(this) instanceof Noted noted) {
            return noted;
        }
        var noted = new Noted();
        TransactionSynchronizationManager.bindResource(this, noted);
        TransactionSynchronizationManager.registerSynchronization(noted);
        return noted;
    }

    /** What one transaction has done so far. */
    private final class Noted implements TransactionSynchronization {

        private final List<Entry> entries = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            store.append(entries);
            entries.clear();
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(Scribe.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(Scribe.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Scribe.this);
        }
    }
}
