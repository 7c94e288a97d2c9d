package org.espace.certifications;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.terms.Names;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to what people can be certified in, and to the sessions for it. */
@Service
public class Catalogue {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_STEP = 500;
    private static final int LONGEST_STEPS = 10_000;
    private static final int MOST_MONTHS = 120;
    private static final int MOST_SEATS = 10_000;

    private final CatalogueStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Catalogue(CatalogueStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** By level, then by code. */
    public List<Certification> certifications() {
        return store.certifications();
    }

    /** @throws CertificationNotFound when there is none of this code */
    public Certification certification(String code) {
        return store.certification(code).orElseThrow(() -> new CertificationNotFound(code));
    }

    /** @throws CertificationNotFound when there is no such session */
    Certification certificationOf(int session) {
        return certification(store.session(session)
                .orElseThrow(() -> new CertificationNotFound("session " + session))
                .certification());
    }

    /** Those that have not begun. */
    public List<Session> sessions(String certification) {
        return store.sessions(certification, clock.instant());
    }

    /**
     * From the fields certificate-code, english-name, french-name, certificate-level, provider, good-for (months; empty: for
     * ever), and steps-english and steps-french, a step a line.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void add(Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var code = fields.needed("certificate-code", 60);
        if (!code.isEmpty() && !code.matches("[a-z][a-z0-9-]{1,59}")) {
            fields.fault("certificate-code", "certificate-code");
        }
        var certification = read(code, fields);
        if (!store.insert(certification, clock.instant(), by)) {
            throw new FormRefused("certificate-code", "certificate-taken");
        }
        events.publishEvent(Act.of("certification.added", by, null, code));
    }

    /**
     * As {@link #add}, without the code. Results that are in keep the end that they have.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void change(String code, Map<String, String> typed, String by) {
        var before = certification(code);
        var after = read(code, new Fields(typed));
        if (!after.equals(before)) {
            store.update(after);
            events.publishEvent(Act.of("certification.changed", by, null, code)
                    .changing(Map.of("is", before.toString()), Map.of("is", after.toString())));
        }
    }

    private static Certification read(String code, Fields fields) {
        var name = new Names(fields.needed("english-name", LONGEST_NAME), fields.needed("french-name", LONGEST_NAME));
        var level = fields.needed("certificate-level", 20);
        if (!DefinitionReader.LEVELS_OF_CERTIFICATES.contains(level)) {
            fields.fault("certificate-level", "choice");
        }
        var provider = fields.needed("provider", LONGEST_NAME);
        var months = number(fields, "good-for", MOST_MONTHS, false);
        var steps = steps(fields);
        fields.refuseFaulty();
        return new Certification(code, name, level, provider, months, steps);
    }

    /** As many in one language as in the other. */
    private static List<Names> steps(Fields fields) {
        var english = lines(fields, "steps-english");
        var french = lines(fields, "steps-french");
        if (english.size() != french.size()) {
            fields.fault("steps-french", "as-many-steps");
            return List.of();
        }
        var steps = new ArrayList<Names>();
        for (var i = 0; i < english.size(); i++) {
            steps.add(new Names(english.get(i), french.get(i)));
        }
        return steps;
    }

    private static List<String> lines(Fields fields, String name) {
        var lines = fields.lines(name, 1, LONGEST_STEPS)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.stream().anyMatch(line -> line.length() > LONGEST_STEP)) {
            fields.fault(name, "long");
        }
        return lines;
    }

    /**
     * From the fields session-place, session-day, session-time (in the time of this Espace) and seats. The same place and time again changes
     * nothing.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void addSession(String code, Map<String, String> typed, String by) {
        var certification = certification(code);
        var fields = new Fields(typed);
        var place = fields.needed("session-place", LONGEST_NAME);
        var begins = begins(fields);
        var seats = number(fields, "seats", MOST_SEATS, true);
        if (begins.isPresent() && !begins.get().isAfter(clock.instant())) {
            fields.fault("session-day", "session-past");
        }
        fields.refuseFaulty();
        if (seats != null
                && store.insert(certification.code(), place, begins.orElseThrow(), seats, clock.instant(), by)) {
            events.publishEvent(Act.of("session.added", by, null, code)
                    .changing(
                            Map.of(),
                            Map.of("place", place, "begins", begins.get().toString(), "seats", seats.toString())));
        }
    }

    private Optional<Instant> begins(Fields fields) {
        var day = fields.day("session-day");
        var time = time(fields);
        if (day.isEmpty()) {
            fields.fault("session-day", "missing");
        }
        return day.flatMap(
                on -> time.map(at -> on.atTime(at).atZone(clock.getZone()).toInstant()));
    }

    private static Optional<LocalTime> time(Fields fields) {
        try {
            return Optional.of(LocalTime.parse(fields.needed("session-time", 5)));
        } catch (DateTimeException _) {
            fields.fault("session-time", "session-time");
            return Optional.empty();
        }
    }

    /** From 1 on; null where nothing was typed. */
    private static @Nullable Integer number(Fields fields, String name, int most, boolean needed) {
        var text = needed ? fields.needed(name, 10) : fields.optional(name, 10);
        if (text == null || text.isEmpty()) {
            return null;
        }
        var number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            fields.fault(name, "whole-number");
        }
        return number;
    }
}
