package org.espace.notices;

import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to the mail that we send. */
@Service
public class Mails {

    private final MailStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Mails(MailStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Keeps the mail in the caller's transaction and sends it after the commit; the same reference is sent once. Where no
     * mail server is named, the mail stays in the outbox.
     *
     * @throws MailRefused where the subject would not be one line
     */
    @Transactional
    public void send(Mail mail) {
        send(List.of(mail));
    }

    /** The same for many at once. */
    @Transactional
    public void send(List<Mail> mails) {
        mails.forEach(mail -> Letter.of(mail, null, clock.getZone()));
        if (!mails.isEmpty()) {
            store.keep(mails, clock.instant());
            events.publishEvent(new MailKept());
        }
    }
}
