package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiFunction;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.web.LocalPath;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.MediaType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the script of the passkey buttons asks and answers, as JSON; each question is answered once. */
@RestController
class PasskeyController {

    private static final String QUESTION = "signin.passkey";
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final Passkeys passkeys;
    private final Steps steps;
    private final Entrance entrance;
    private final SignInThrottle throttle;
    private final SignInNews news;

    PasskeyController(Passkeys passkeys, Steps steps, Entrance entrance, SignInThrottle throttle, SignInNews news) {
        this.passkeys = passkeys;
        this.steps = steps;
        this.entrance = entrance;
        this.throttle = throttle;
        this.news = news;
    }

    @PostMapping(value = "/login/passkey/options", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.ENTER)
    String askAnybody(HttpSession session) {
        return ask(session, passkeys.toSignIn(null));
    }

    @PostMapping(value = "/login/passkey", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.ENTER)
    Map<String, String> signIn(
            @RequestParam(defaultValue = "/") String next, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var user =
                steps.afterSecondFactor(answered(request, PublicKeyCredentialRequestOptions.class, passkeys::signIn));
        throttle.succeeded(request);
        entrance.renew(user, request, response);
        entrance.greet(user, "passkey", new LocalPath(next), request, response);
        return Map.of("next", new LocalPath(next).value());
    }

    @PostMapping(value = "/second-factor/passkey/options", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.GIVE_SECOND_FACTOR)
    String askUser(HttpServletRequest request) {
        return ask(request.getSession(), passkeys.toSignIn(user(request)));
    }

    /** A passkey of somebody else is refused, however valid it is. */
    @PostMapping(value = "/second-factor/passkey", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.GIVE_SECOND_FACTOR)
    Map<String, String> give(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var owner = answered(request, PublicKeyCredentialRequestOptions.class, passkeys::owner);
        requireOwn(owner, request);
        return Map.of("next", entrance.pass(owner, "passkey", request, response).value());
    }

    @PostMapping(value = "/account/confirmation/passkey/options", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.SET_UP_SECOND_FACTOR)
    String askOwner(HttpServletRequest request) {
        return ask(request.getSession(), passkeys.toSignIn(user(request)));
    }

    /** That it is still them: the session goes on as it was. */
    @PostMapping(value = "/account/confirmation/passkey", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.SET_UP_SECOND_FACTOR)
    Map<String, String> confirm(@RequestParam(defaultValue = "/account") String next, HttpServletRequest request)
            throws IOException {
        requireOwn(answered(request, PublicKeyCredentialRequestOptions.class, passkeys::owner), request);
        entrance.proved(request);
        return Map.of("next", new LocalPath(next).value());
    }

    @PostMapping(value = "/second-factor/set-up/passkey/options", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.SET_UP_SECOND_FACTOR)
    String askForNew(HttpServletRequest request) {
        requireProof(request);
        return ask(request.getSession(), passkeys.toSetUp(user(request)));
    }

    @PostMapping(value = "/second-factor/set-up/passkey", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.SET_UP_SECOND_FACTOR)
    Map<String, String> setUp(
            @RequestParam(defaultValue = "") String label, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        requireProof(request);
        var user = user(request);
        answered(request, PublicKeyCredentialCreationOptions.class, (question, answer) -> {
            passkeys.setUp(user, question, answer, label);
            return user;
        });
        if (user.owes() != null) {
            entrance.renew(user.owing(null), request, response);
        }
        return Map.of("next", "/account/security");
    }

    private void requireProof(HttpServletRequest request) {
        if (!entrance.isProved(request)) {
            throw new PasskeyRefused();
        }
    }

    private static void requireOwn(SignedIn owner, HttpServletRequest request) {
        if (!owner.id().equals(user(request).id())) {
            throw new PasskeyRefused();
        }
    }

    private String ask(HttpSession session, Object question) {
        session.setAttribute(QUESTION, question);
        return passkeys.written(question);
    }

    private <Q> SignedIn answered(HttpServletRequest request, Class<Q> kind, BiFunction<Q, String, SignedIn> check)
            throws IOException {
        var session = request.getSession();
        var question = session.getAttribute(QUESTION);
        session.removeAttribute(QUESTION);
        var answer = request.getInputStream().readNBytes(LONGEST_ANSWER + 1);
        if (!kind.isInstance(question) || answer.length > LONGEST_ANSWER) {
            throw new PasskeyRefused();
        }
        try {
            return check.apply(kind.cast(question), new String(answer, StandardCharsets.UTF_8));
        } catch (PasskeyRefused e) {
            Access.user(request).ifPresent(user -> news.refused(user.email()));
            throw e;
        }
    }

    private static SignedIn user(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
