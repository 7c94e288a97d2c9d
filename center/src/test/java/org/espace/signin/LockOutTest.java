package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.web.Act;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Guessing is slowed down, and nobody can keep somebody else out. */
@RoomTest
@RecordApplicationEvents
class LockOutTest {

    private static final String WRONG = "not-the-password";

    @Autowired
    Users users;

    @Autowired
    Attempts attempts;

    @Autowired
    MockMvcTester web;

    @Test
    void aSourceWaitsAfterFiveWrongPasswordsEvenWithTheRightOne() {
        var camille = camille();
        for (var i = 0; i < 5; i++) {
            assertThat(camille.signIn(WRONG)).hasRedirectedUrl("/login?next=%2F&failed");
        }
        assertThat(camille.signIn()).hasRedirectedUrl("/login?next=%2F&wait=1");
        assertThat(camille.get("/login?next=%2F&wait=1"))
                .bodyText()
                .contains("Wait one minute")
                .contains("Nobody’s account is locked");
    }

    @Test
    void fromElsewhereTheOwnerGetsInWhateverOthersDo() {
        var camille = camille();
        for (var i = 0; i < 12; i++) {
            for (var j = 0; j < 5; j++) {
                attempts.begin(camille.email, Origin.network("198.51.100." + i), Patience.WITH_PASSWORDS);
            }
        }

        assertThat(camille.signIn(Person.PASSWORD, "203.0.113.77")).hasRedirectedUrl("/");
    }

    @Test
    void underPressureEachSourceHasOneTry() {
        var account = camille().email;
        for (var i = 0; i < 50; i++) {
            attempts.begin(account, Origin.network("198.51.100." + i), Patience.WITH_PASSWORDS);
        }

        var another = Origin.network("203.0.113.5");
        assertThat(attempts.begin(account, another, Patience.WITH_PASSWORDS)).isZero();
        assertThat(attempts.begin(account, another, Patience.WITH_PASSWORDS)).isPositive();
    }

    @Test
    void onAKnownDeviceTheOwnerGetsInThoughTheirOwnNetworkIsUsedUp() {
        var camille = camille();
        assertThat(camille.signIn()).hasRedirectedUrl("/");
        for (var i = 0; i < 60; i++) {
            attempts.begin(camille.email, Origin.network(camille.office), Patience.WITH_PASSWORDS);
        }

        assertThat(camille.signIn()).hasRedirectedUrl("/");
        camille.forgetDevice();
        assertThat(camille.signIn().getResponse().getRedirectedUrl()).contains("wait=");
    }

    @Test
    void theDeviceOfSomebodyElseIsNoKnownOne() {
        var robin = camille();
        robin.signIn();
        var camille = camille();
        camille.useDeviceOf(robin);
        for (var i = 0; i < 6; i++) {
            attempts.begin(camille.email, Origin.network(camille.office), Patience.WITH_PASSWORDS);
        }

        assertThat(camille.signIn().getResponse().getRedirectedUrl()).contains("wait=");
    }

    @Test
    void anAddressThatIsNobodysWaitsJustTheSame() {
        var nobody = "nobody-" + camille().email;
        var origin = Origin.network("203.0.113.9");
        for (var i = 0; i < 5; i++) {
            assertThat(attempts.begin(nobody, origin, Patience.WITH_PASSWORDS)).isZero();
        }
        assertThat(attempts.begin(nobody, origin, Patience.WITH_PASSWORDS)).isPositive();
    }

    @Test
    void manyAttemptsAtOnceAreAllCounted() throws Exception {
        var account = camille().email;
        var origin = Origin.network("203.0.113.10");
        var threads = new ArrayList<Thread>();
        var admitted = new AtomicInteger();
        for (var i = 0; i < 20; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                if (attempts.begin(account, origin, Patience.WITH_PASSWORDS).isZero()) {
                    admitted.incrementAndGet();
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(admitted).hasValue(5);
    }

    @Test
    void aSuccessForgivesWhatTheSameSourceGotWrong() {
        var camille = camille();
        for (var round = 0; round < 2; round++) {
            for (var i = 0; i < 4; i++) {
                camille.signIn(WRONG);
            }
            assertThat(camille.signIn()).hasRedirectedUrl("/");
        }
    }

    @Test
    void theBookIsToldOfSignInsAndOnceAMinuteOfRefusals(ApplicationEvents events) {
        var camille = camille();
        camille.signIn(WRONG);
        camille.signIn(WRONG);
        camille.signIn();
        camille.post("/logout");

        assertThat(actions(events, camille.email))
                .containsExactly("sign-in.refused", "sign-in.succeeded", "sign-in.ended");
    }

    @Test
    void whatIsTypedInPlaceOfAnAddressIsToldToNobody(ApplicationEvents events) {
        web.post()
                .uri("/login")
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr("203.0.113.11");
                    return request;
                })
                .param("email", "my-secret-password")
                .param("password", "")
                .exchange();

        assertThat(events.stream(Act.class)).noneMatch(act -> act.toString().contains("my-secret-password"));
    }

    private static List<String> actions(ApplicationEvents events, String by) {
        return events.stream(Act.class)
                .filter(act -> act.by().equals(by) && act.action().startsWith("sign-in."))
                .map(Act::action)
                .toList();
    }

    private Person camille() {
        return Person.of(users, web, 7, Role.REPORT_VIEWER);
    }
}
