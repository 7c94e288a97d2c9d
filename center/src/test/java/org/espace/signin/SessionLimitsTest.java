package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Consumer;
import org.espace.RoomTest;
import org.espace.access.Role;
import org.espace.access.Users;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** A session ends two hours after its last page, and twelve hours after it began: its own times are moved back here. */
@RoomTest
class SessionLimitsTest {

    @Autowired
    Users users;

    @Autowired
    MockMvcTester web;

    @Autowired
    FindByIndexNameSessionRepository<? extends Session> sessions;

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            idle for | open
            1h59m    | true
            2h1m     | false
            """)
    void twoIdleHoursEndIt(String idle, boolean open) {
        var camille = camille();
        change(camille, session -> session.setLastAccessedTime(Instant.now().minus(duration(idle))));

        assertThat(isOpen(camille)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            begun before | open
            11h59m       | true
            12h          | false
            """)
    void twelveHoursEndItHoweverBusyItIs(String age, boolean open) {
        var camille = camille();
        camille.get("/account");
        change(camille, session -> {
            var visit = Objects.requireNonNull(session.<Visit>getAttribute(Visits.VISIT));
            var since = Instant.now().minus(duration(age));
            session.setAttribute(Visits.VISIT, new Visit(visit.device(), visit.address(), since));
        });

        assertThat(isOpen(camille)).isEqualTo(open);
    }

    @Test
    void pagesKeepAnIdleSessionOpenAndLeaveItsBeginningAsItIs() {
        var camille = camille();
        camille.get("/account");
        var begun = Objects.requireNonNull(session(camille).<Visit>getAttribute(Visits.VISIT));
        change(camille, session -> session.setLastAccessedTime(Instant.now().minus(duration("1h59m"))));
        camille.get("/account");

        assertThat(session(camille).getLastAccessedTime()).isAfter(Instant.now().minus(duration("1m")));
        assertThat(session(camille).<Visit>getAttribute(Visits.VISIT)).isEqualTo(begun);
    }

    /** Else the way to another password or factor would stay open for as long as the session does. */
    @Test
    void whatOpensAnAccountIsChangedWithinHalfAnHourOfAProof() {
        var camille = camille();
        assertThat(camille.get("/second-factor/set-up")).hasStatusOk();
        change(
                camille,
                session -> session.setAttribute("access.proof", Instant.now().minus(duration("31m"))));

        assertThat(camille.get("/second-factor/set-up"))
                .hasRedirectedUrl("/account/confirmation?next=/second-factor/set-up");
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }

    private static boolean isOpen(Person person) {
        return person.get("/account").getResponse().getStatus() == 200;
    }

    private void change(Person person, Consumer<Session> change) {
        change(sessions, person, change);
    }

    private static <S extends Session> void change(
            SessionRepository<S> sessions, Person person, Consumer<Session> change) {
        var session = Objects.requireNonNull(sessions.findById(id(person)));
        change.accept(session);
        sessions.save(session);
    }

    private Session session(Person person) {
        return Objects.requireNonNull(sessions.findById(id(person)));
    }

    /** The cookie holds it in Base64. */
    private static String id(Person person) {
        return new String(Base64.getDecoder().decode(person.session().getValue()), StandardCharsets.UTF_8);
    }

    private Person camille() {
        var camille = Person.of(users, web, 7, Role.REPORT_VIEWER);
        camille.signIn();
        return camille;
    }
}
