package org.espace.signin;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.espace.access.SignedIn;
import org.espace.web.Act;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What somebody has open, and where. */
@Service
class Sessions {

    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final ApplicationEventPublisher events;

    Sessions(FindByIndexNameSessionRepository<? extends Session> sessions, ApplicationEventPublisher events) {
        this.sessions = sessions;
        this.events = events;
    }

    /** The current one first, then the latest. */
    List<OpenSession> of(SignedIn user, String current) {
        return sessions.findByPrincipalName(user.email()).values().stream()
                .map(session -> open(session, current))
                .sorted(Comparator.comparing(OpenSession::current)
                        .thenComparing(OpenSession::lastSeen)
                        .reversed())
                .toList();
    }

    /** One of their own; nothing happens when it has ended meanwhile. */
    @Transactional
    void end(SignedIn user, String key) {
        if (delete(user, session -> key(session).equals(key)) > 0) {
            tell(user, "one");
        }
    }

    @Transactional
    void endOthers(SignedIn user, String current) {
        if (delete(user, session -> !session.equals(current)) > 0) {
            tell(user, "others");
        }
    }

    private long delete(SignedIn user, Predicate<String> which) {
        var ended = sessions.findByPrincipalName(user.email()).keySet().stream()
                .filter(which)
                .toList();
        ended.forEach(sessions::deleteById);
        return ended.size();
    }

    private void tell(SignedIn user, String which) {
        events.publishEvent(Act.of("sessions.ended", user.email(), user.organization(), user.email())
                .changing(Map.of("sessions", which), Map.of()));
    }

    private static OpenSession open(Session session, String current) {
        var visit = session.<@Nullable Visit>getAttribute(Visits.VISIT);
        return new OpenSession(
                key(session.getId()),
                visit,
                visit == null ? session.getCreationTime() : visit.since(),
                session.getLastAccessedTime(),
                session.getId().equals(current));
    }

    private static String key(String session) {
        return HexFormat.of().formatHex(Sha256.of("session:" + session), 0, 12);
    }
}
