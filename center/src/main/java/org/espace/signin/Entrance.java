package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.espace.access.NextStep;
import org.espace.access.Proof;
import org.espace.access.SignedIn;
import org.espace.web.LocalPath;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** Where somebody who has proved who they are, or one part of it, comes into a session. */
@Component
public class Entrance {

    /** The page that was asked for, while steps stand before it. */
    private static final String NEXT = "signin.next";

    /** What they have proved who they are with, while a second factor is owed. */
    private static final String FIRST = "signin.first";

    private static final String PROVIDER = "provider";

    private final Steps steps;
    private final KnownDevices devices;
    private final SignInNews news;
    private final LocaleResolver languages;
    private final Clock clock;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    Entrance(Steps steps, KnownDevices devices, SignInNews news, LocaleResolver languages, Clock clock) {
        this.steps = steps;
        this.devices = devices;
        this.news = news;
        this.languages = languages;
        this.clock = clock;
    }

    /**
     * Whom the provider of their organization has sent, into a session that nobody knew before. Where the rules ask for a
     * second factor and the provider has not, ours comes next.
     */
    public void welcome(
            SignedIn user,
            boolean withSecondFactor,
            LocalPath next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var known = withSecondFactor ? user : steps.afterProvider(user);
        keep(known, request, response);
        greet(known, PROVIDER, next, request, response);
    }

    /** The second factor has been given, after whatever came first. */
    LocalPath pass(SignedIn user, String factor, HttpServletRequest request, HttpServletResponse response) {
        var next = next(request);
        var first = first(request);
        var now = steps.fresh(user);
        var known = steps.afterSecondFactor(first.equals(PROVIDER) ? now.owing(null) : now);
        renew(known, request, response);
        greet(known, first + ", " + factor, next, request, response);
        return next;
    }

    private static String first(HttpServletRequest request) {
        return request.getSession().getAttribute(FIRST) instanceof String first ? first : "password";
    }

    /**
     * Into a session that is there already.
     *
     * @param with what they proved it with; see {@link SignInNews#signedIn}
     */
    void greet(SignedIn user, String with, LocalPath next, HttpServletRequest request, HttpServletResponse response) {
        var language = user.language();
        if (language != null) {
            languages.setLocale(request, response, Locale.of(language));
        }
        var session = request.getSession();
        if (user.owes() != null) {
            session.setAttribute(NEXT, next.value());
        }
        if (user.owes() == NextStep.GIVE_SECOND_FACTOR) {
            session.setAttribute(FIRST, with);
        } else {
            proved(request);
            devices.remember(request, response, user.email());
            news.signedIn(user, with);
        }
    }

    /** The same session, with what has changed of its owner. */
    public void keep(SignedIn user, HttpServletRequest request, HttpServletResponse response) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }

    /** Into a new session: whoever knew the old one's name knows nothing of it. */
    void renew(SignedIn user, HttpServletRequest request, HttpServletResponse response) {
        var next = next(request);
        request.getSession().invalidate();
        keep(user, request, response);
        request.getSession().setAttribute(NEXT, next.value());
        proved(request);
    }

    /** The page that was asked for before the steps, else home. */
    LocalPath next(HttpServletRequest request) {
        var session = request.getSession(false);
        return new LocalPath(session != null && session.getAttribute(NEXT) instanceof String next ? next : "/");
    }

    /** Whether they have proved who they are within half an hour: else an open session alone changes no password and no factor. */
    boolean isProved(HttpServletRequest request) {
        return Proof.isFresh(request, clock.instant());
    }

    /** From now on, for half an hour. */
    public void proved(HttpServletRequest request) {
        Proof.give(request, clock.instant());
    }
}
