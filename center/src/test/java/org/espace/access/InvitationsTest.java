package org.espace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.espace.db.access.Tables.INVITATION;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.espace.RoomTest;
import org.espace.notices.Letterbox;
import org.espace.partners.Location;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@RoomTest
class InvitationsTest {

    @Autowired
    Invitations invitations;

    @Autowired
    Users users;

    @Autowired
    Partners partners;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    @Autowired
    Secrets secrets;

    private final EmailAddress email = new EmailAddress("i" + UUID.randomUUID() + "@contoso.example");
    private PartnerId partner = new PartnerId(0);

    @BeforeEach
    void onePartner() {
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(List.of(new Partner(partner, "INVITING-" + partner, "Brisolane", "FR")), List.<Location>of());
    }

    @Test
    void aLinkMakesItsHolderAUserWhoChoosesANameAndAPassword() {
        invite();
        var token = token();

        assertThat(web.get().uri("/invitations/" + token))
                .hasStatusOk()
                .bodyText()
                .contains("Brisolane", email.value());
        var answer = web.post()
                .uri("/invitations/" + token)
                .with(csrf())
                .param("first", "Camille")
                .param("last", "Moreau")
                .exchange();

        assertThat(answer).hasRedirectedUrl("/password");
        assertThat(users.find(email.value()))
                .hasValueSatisfying(
                        user -> assertThat(user.grants()).containsExactly(Grant.at(partner, Role.INCENTIVES_USER)));
        var session = Objects.requireNonNull(answer.getResponse().getCookie("SESSION"));
        assertThat(choose(session)).hasRedirectedUrl("/");
        assertThat(invitations.pending(partner)).isEmpty();
        assertThat(web.get().uri("/invitations/" + token)).hasStatus(410);
    }

    @Test
    void untilThePasswordIsChosenTheLinkLeadsThereAgain() {
        invite();
        var token = token();
        invitations.accept(token, "Camille Moreau");

        assertThat(invitations.accept(token, "Somebody Else").name()).isEqualTo("Camille Moreau");
        users.choosePassword(email.value(), "tidal-otter-lamp-94");
        assertThatExceptionOfType(InvitationOver.class).isThrownBy(() -> invitations.accept(token, "Camille"));
    }

    @Test
    void aNewLinkReplacesTheOldOne() {
        invite();
        var old = token();
        invitations.resend(invitations.pending(partner).getFirst(), "test");

        assertThatExceptionOfType(InvitationOver.class).isThrownBy(() -> invitations.open(old));
        assertThat(invitations.open(token()).email()).isEqualTo(email);
        assertThat(invitations.pending(partner)).hasSize(1);
    }

    @Test
    void aWithdrawnAnExpiredAndAnInventedLinkAreAnsweredAlike() {
        invite();
        var token = token();
        sql.update(INVITATION)
                .set(INVITATION.EXPIRES_AT, Instant.now().minusSeconds(1))
                .where(INVITATION.PARTNER_ID.eq(partner.value()))
                .execute();
        assertThat(web.get().uri("/invitations/" + token)).hasStatus(410);

        invitations.withdraw(invitations.pending(partner).getFirst(), "test");
        assertThat(web.get().uri("/invitations/" + token)).hasStatus(410);
        assertThat(web.get().uri("/invitations/none")).hasStatus(410);
    }

    @Test
    void whoIsAUserIsNotInvited() {
        users.create(partner, email.value(), "Camille", List.of(), "test");
        assertThatExceptionOfType(UserExists.class).isThrownBy(this::invite);
    }

    @Test
    void theTokenIsKeptAsItsHashOnly() {
        invite();
        assertThat(sql.select(INVITATION.TOKEN_HASH)
                        .from(INVITATION)
                        .where(INVITATION.PARTNER_ID.eq(partner.value()))
                        .fetchSingle(INVITATION.TOKEN_HASH))
                .hasSize(64)
                .doesNotContain(token());
    }

    private void invite() {
        invitations.invite(partner, email, List.of(Grant.at(partner, Role.INCENTIVES_USER)), "admin@contoso.example");
    }

    /** As the mail has it. */
    private String token() {
        var link = Letterbox.secrets(sql, secrets, email.value()).getLast();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private MvcTestResult choose(Cookie session) {
        return web.post()
                .uri("/password")
                .cookie(session)
                .with(csrf())
                .param("password", "tidal-otter-lamp-94")
                .param("repeated", "tidal-otter-lamp-94")
                .exchange();
    }
}
