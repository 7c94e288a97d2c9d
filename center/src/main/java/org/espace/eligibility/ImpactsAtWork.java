package org.espace.eligibility;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.espace.batch.Progress;
import org.espace.eligibility.ImpactAsked.State;
import org.espace.terms.TermsReader;
import org.espace.web.Act;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works out impacts behind the page that has asked for them, one at a time. A report is kept whole or not at all; what a
 * killed process has begun is begun again by the next server that looks.
 */
@Component
class ImpactsAtWork {

    private static final Logger LOG = LoggerFactory.getLogger(ImpactsAtWork.class);

    private final Impacts impacts;
    private final ImpactStore store;
    private final TransactionTemplate transaction;

    /** So that how far it has come is seen before it is done. */
    private final TransactionTemplate apart;

    private final ApplicationEventPublisher events;
    private final Clock clock;

    /** One that was cancelled may still look at some partners when the next one begins. */
    private final ReentrantLock turn = new ReentrantLock();

    ImpactsAtWork(
            Impacts impacts,
            ImpactStore store,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.impacts = impacts;
        this.store = store;
        this.transaction = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.events = events;
        this.clock = clock;
    }

    /**
     * Begins, unless one is at work: then that one goes on, and nothing else happens.
     *
     * @throws org.espace.terms.TermsInvalid when the draft is no valid terms
     */
    void begin(String text, String by) {
        var draft = TermsReader.read(text);
        transaction.executeWithoutResult(_ -> store.insert(draft, text, LocalDate.now(clock), by, clock.instant())
                .ifPresent(impact -> events.publishEvent(new ImpactBegun(impact))));
    }

    @TransactionalEventListener
    void on(ImpactBegun begun) {
        takeUp(begun.impact());
    }

    /** What was begun and has not ended, if no other process is at it. */
    void takeUpWhatIsLeft() {
        if (!turn.isLocked()) {
            store.atWork().ifPresent(left -> takeUp(left.id()));
        }
    }

    private void takeUp(int impact) {
        Thread.ofPlatform().daemon().name("impact").start(() -> {
            turn.lock();
            try {
                work(impact, Progress.SILENT);
            } finally {
                turn.unlock();
            }
        });
    }

    void work(int impact, Progress listener) {
        try {
            transaction.executeWithoutResult(_ -> {
                if (store.tryLock(impact)) {
                    store.find(impact)
                            .filter(asked -> asked.state() == State.AT_WORK)
                            .ifPresent(asked -> workOut(asked, listener));
                }
            });
        } catch (ImpactStopped e) {
            LOG.info(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("impact {} stopped", impact, e);
            store.end(impact, State.FAILED, null, clock.instant());
        }
    }

    private void workOut(ImpactAsked asked, Progress listener) {
        var draft = TermsReader.read(asked.text());
        var report = impacts.of(draft, asked.day(), (step, done, total) -> {
            listener.at(step, done, total);
            note(asked.id(), done, total);
        });
        store.insert(asked.id(), report);
        if (!store.end(asked.id(), State.DONE, null, clock.instant())) {
            throw new ImpactStopped(asked.id());
        }
        events.publishEvent(Act.of("impact.made", asked.askedBy(), null, draft.program() + " " + draft.version())
                .changing(Map.of(), Map.of("impact", Integer.toString(asked.id()))));
    }

    private void note(int impact, long done, long total) {
        if (!Boolean.TRUE.equals(apart.execute(_ -> store.note(impact, done, total, clock.instant())))) {
            throw new ImpactStopped(impact);
        }
    }

    /** It stops before it looks at further partners, and leaves nothing. One that has ended stays as it is. */
    void cancel(int impact, String by) {
        store.end(impact, State.CANCELLED, by, clock.instant());
    }
}
