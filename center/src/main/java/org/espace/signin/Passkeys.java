package org.espace.signin;

import com.webauthn4j.util.exception.WebAuthnException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys: as a second factor after the password, and alone, where the authenticator itself has checked who holds it.
 * They belong to this site's address, {@code espace.url}: under another one they do not work.
 */
@Service
class Passkeys {

    private static final int LONGEST_LABEL = 100;

    private final PasskeyStore store;
    private final PasskeyOwners owners;
    private final SecondFactors factors;
    private final Users users;
    private final Environment environment;
    private final JsonMapper json =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    Passkeys(PasskeyStore store, PasskeyOwners owners, SecondFactors factors, Users users, Environment environment) {
        this.store = store;
        this.owners = owners;
        this.factors = factors;
        this.users = users;
        this.environment = environment;
    }

    List<Passkey> of(UserId user) {
        return store.of(user);
    }

    /** What the browser is asked for, to make a new one. */
    @Transactional
    PublicKeyCredentialCreationOptions toSetUp(SignedIn user) {
        return party(UserVerificationRequirement.PREFERRED)
                .createPublicKeyCredentialCreationOptions(
                        new ImmutablePublicKeyCredentialCreationOptionsRequest(authentication(user)));
    }

    /**
     * @param answer what the browser says to the question, as JSON
     * @throws PasskeyRefused when it is no answer to it
     */
    @Transactional
    void setUp(SignedIn user, PublicKeyCredentialCreationOptions question, String answer, String label) {
        var name = label.strip();
        if (name.isEmpty()
                || name.length() > LONGEST_LABEL
                || !question.getUser().getName().equals(user.email())) {
            throw new PasskeyRefused();
        }
        proof(() -> party(UserVerificationRequirement.PREFERRED)
                .registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                        question,
                        new RelyingPartyPublicKey(
                                json.readValue(
                                        answer,
                                        new TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>>() {}),
                                name))));
        factors.passkeySetUp(user, name);
    }

    /** @param user null for whoever comes, who has to be checked by the authenticator, too */
    PublicKeyCredentialRequestOptions toSignIn(@Nullable SignedIn user) {
        var verification = user == null ? UserVerificationRequirement.REQUIRED : UserVerificationRequirement.PREFERRED;
        return party(verification)
                .createCredentialRequestOptions(new ImmutablePublicKeyCredentialRequestOptionsRequest(
                        user == null ? null : authentication(user)));
    }

    /**
     * Whom it lets in without anything else.
     *
     * @throws PasskeyRefused also when only their organization's provider opens the account
     */
    @Transactional
    SignedIn signIn(PublicKeyCredentialRequestOptions question, String answer) {
        var owner = owner(question, answer);
        if (users.onlyProviderOpens(owner)) {
            throw new PasskeyRefused();
        }
        return owner;
    }

    /**
     * Whose passkey has answered the question.
     *
     * @throws PasskeyRefused when none has, or when its owner may not sign in
     */
    @Transactional
    SignedIn owner(PublicKeyCredentialRequestOptions question, String answer) {
        var owner = proof(() -> party(UserVerificationRequirement.PREFERRED)
                .authenticate(new RelyingPartyAuthenticationRequest(
                        question,
                        json.readValue(
                                answer, new TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>>() {}))));
        return users.find(owner.getName()).orElseThrow(PasskeyRefused::new);
    }

    @Transactional
    void remove(SignedIn user, String id) {
        if (store.delete(user.id(), Bytes.fromBase64(id))) {
            factors.removed(user, user.email(), "passkey");
        }
    }

    String written(Object question) {
        return json.writeValueAsString(question);
    }

    /** What comes from a browser can fail in many ways, and each of them is a refusal. */
    private static <T> T proof(Supplier<T> check) {
        try {
            return check.get();
        } catch (WebAuthnException
                | JacksonException
                | IllegalArgumentException
                | NullPointerException
                | DataAccessException e) {
            throw new PasskeyRefused(e);
        }
    }

    private Webauthn4JRelyingPartyOperations party(UserVerificationRequirement verification) {
        var url = url();
        var party = new Webauthn4JRelyingPartyOperations(
                owners,
                store,
                PublicKeyCredentialRpEntity.builder()
                        .id(url.getHost())
                        .name("Espace")
                        .build(),
                Set.of(url.getScheme() + "://" + url.getAuthority()));
        party.setCustomizeRequestOptions(options -> options.userVerification(verification));
        return party;
    }

    /** With the port that we really have, where the setting leaves it to the system. */
    private URI url() {
        var port = environment.getProperty("local.server.port", "");
        var url = environment.getProperty("espace.url", "http://localhost:" + port);
        return URI.create(url.endsWith(":0") ? url.substring(0, url.length() - 1) + port : url);
    }

    private static Authentication authentication(SignedIn user) {
        return UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
    }
}
