package org.espace.certifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espace.db.certifications.Tables.RESULT;
import static org.espace.db.certifications.Tables.SIGNING_KEY;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.RoomTest;
import org.espace.access.PeopleFile.Row;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.certifications.Badges.Verdict;
import org.espace.partners.Partners;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Certificates as somebody outside sees them: by what is published, and with a verifier that is not ours. */
@RoomTest
class BadgesTest {

    private static final String CODE = "badges-test";

    @Autowired
    Badges badges;

    @Autowired
    SigningKeys keys;

    @Autowired
    Learners learners;

    @Autowired
    Intakes intakes;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    DSLContext sql;

    @Autowired
    MockMvcTester web;

    @Autowired
    Clock clock;

    SignedIn holder;
    int result;

    @BeforeEach
    void somebodyHasPassed() {
        Company.offer(catalogue, CODE, "advanced", "12");
        holder = Company.of(partners, users).person();
        intakes.takeResults(
                List.of(new Row(
                        1,
                        true,
                        Map.of(
                                "person",
                                holder.email(),
                                "certification",
                                CODE,
                                "passed_on",
                                LocalDate.now(clock).toString()))),
                "test");
        result = learners.results(learners.find(holder.id()).orElseThrow())
                .getFirst()
                .id();
    }

    @Test
    void aVerifierThatKnowsOnlyThePublishedKeysTakesTheCertificate() throws Exception {
        var claims = verified(badges.certificate(holder, result, false));
        assertThat(claims.getIssuer())
                .isEqualTo(claims.getJSONObjectClaim("issuer").get("id"));
        assertThat(claims.getJWTID()).isEqualTo(claims.getStringClaim("id")).startsWith("urn:uuid:");
        assertThat(claims.getStringListClaim("type")).containsExactly("VerifiableCredential", "OpenBadgeCredential");
        assertThat(claims.getStringListClaim("@context"))
                .startsWith(
                        "https://www.w3.org/ns/credentials/v2",
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json");
        assertThat(claims.getStringClaim("validFrom")).isEqualTo(LocalDate.now(clock) + "T00:00:00Z");
        assertThat(claims.getStringClaim("validUntil"))
                .isEqualTo(LocalDate.now(clock).plusMonths(12) + "T00:00:00Z");
        assertThat(claims.getJSONObjectClaim("credentialSubject").toString())
                .contains("AchievementSubject", "Certified " + CODE, "Learn\nPass");
    }

    @Test
    void itSaysNoMoreOfTheHolderThanTheHolderWants() throws Exception {
        var nameless = verified(badges.certificate(holder, result, false));
        assertThat(nameless.toString()).doesNotContain(holder.name(), holder.email());
        var named = verified(badges.certificate(holder, result, true));
        assertThat(named.toString()).contains(holder.name()).doesNotContain(holder.email());
    }

    @Test
    void whatSomebodyHasChangedIsNotGenuine() throws Exception {
        var jwt = badges.certificate(holder, result, false);
        assertThat(badges.check(jwt).verdict()).isEqualTo(Verdict.GOOD);
        var parts = jwt.split("\\.", -1);
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        parts[1] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("advanced", "godlike").getBytes(UTF_8));
        var forged = String.join(".", parts);
        assertThat(badges.check(forged).verdict()).isEqualTo(Verdict.NOT_GENUINE);
        assertThatThrownBy(() -> verified(forged)).isInstanceOf(BadJWSException.class);
        assertThat(badges.check("nonsense").verdict()).isEqualTo(Verdict.NOT_GENUINE);
        assertThat(badges.check("x".repeat(30_000)).verdict()).isEqualTo(Verdict.NOT_GENUINE);
    }

    @Test
    void aCertificateSignedWithSomebodyElsesKeyIsNotGenuineThoughItBringsThatKeyAlong() throws Exception {
        var foreign =
                new ECKeyGenerator(Curve.P_256).keyID(keys.signing().getKeyID()).generate();
        var ours = SignedJWT.parse(badges.certificate(holder, result, false));
        var forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(foreign.getKeyID())
                        .jwk(foreign.toPublicJWK())
                        .build(),
                ours.getJWTClaimsSet());
        forged.sign(new ECDSASigner(foreign));
        assertThat(badges.check(forged.serialize()).verdict()).isEqualTo(Verdict.NOT_GENUINE);
    }

    @Test
    void whatHasEndedOrWasWithdrawnIsGenuineAndSaysSo() {
        var jwt = badges.certificate(holder, result, false);
        sql.update(RESULT)
                .set(RESULT.PASSED_ON, LocalDate.now(clock).minusMonths(12))
                .set(RESULT.EXPIRES_ON, LocalDate.now(clock))
                .where(RESULT.ID.eq(result))
                .execute();
        var ended = badges.certificate(holder, result, false);
        assertThat(badges.check(ended).verdict()).isEqualTo(Verdict.EXPIRED);
        assertThatThrownBy(() -> verified(ended)).isInstanceOf(ExpiredJWTException.class);

        learners.withdraw(result, Map.of("reason", "Somebody else sat the exam."), "operator");
        assertThat(badges.check(jwt).verdict()).isEqualTo(Verdict.WITHDRAWN);
        assertThat(badges.revocations().toString()).contains("revoked=true").doesNotContain("Somebody else");
        assertThatThrownBy(() -> badges.certificate(holder, result, false)).isInstanceOf(CertificationNotFound.class);
    }

    @Test
    void afterTheKeyIsChangedTheNewOneSignsAndWhatWasSignedBeforeStaysGood() throws Exception {
        var before = badges.certificate(holder, result, false);
        keys.change("operator");
        var after = badges.certificate(holder, result, false);
        assertThat(SignedJWT.parse(after).getHeader().getKeyID())
                .isNotEqualTo(SignedJWT.parse(before).getHeader().getKeyID());
        assertThat(verified(before)).isNotNull();
        assertThat(verified(after)).isNotNull();
        assertThat(badges.check(before).verdict()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void noPrivateKeyIsReadableInTheDatabaseOrPublished() throws Exception {
        keys.signing();
        assertThat(sql.select(SIGNING_KEY.PUBLIC_KEY, SIGNING_KEY.SEALED)
                        .from(SIGNING_KEY)
                        .fetch())
                .allSatisfy(row -> {
                    assertThat(row.value1()).doesNotContain("\"d\"");
                    assertThat(row.value2()).doesNotContain("\"kty\"");
                });
        assertThat(published().getKeys()).isNotEmpty().noneMatch(JWK::isPrivate);
    }

    @Test
    void nobodyDownloadsSomebodyElsesCertificate() {
        var other = Company.of(partners, users).person();
        assertThatThrownBy(() -> badges.certificate(other, result, false)).isInstanceOf(CertificationNotFound.class);
        assertThatThrownBy(() -> learners.share(other, result, true)).isInstanceOf(CertificationNotFound.class);
    }

    @Test
    void aLinkShowsWhatTheHolderAllowsUntilItIsTakenBack() throws Exception {
        learners.share(holder, result, false);
        var first = token();
        assertThat(page("/verify/" + first))
                .contains("Certified " + CODE)
                .doesNotContain(holder.name(), holder.email());
        learners.share(holder, result, true);
        assertThat(web.get().uri("/verify/" + first)).hasStatus(404);
        assertThat(page("/verify/" + token())).contains(holder.name()).doesNotContain(holder.email());
        var last = token();
        learners.revokeShare(holder, result);
        assertThat(web.get().uri("/verify/" + last)).hasStatus(404);
    }

    private String token() {
        return Objects.requireNonNull(learners.result(result).orElseThrow().share())
                .token();
    }

    private String page(String path) throws Exception {
        return web.get().uri(path).exchange().getResponse().getContentAsString();
    }

    private JWKSet published() throws Exception {
        return JWKSet.parse(page("/.well-known/certificate-keys"));
    }

    private JWTClaimsSet verified(String jwt) throws Exception {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(published())));
        return processor.process(jwt, null);
    }
}
