package org.espace.signin;

import java.util.List;
import org.espace.access.Users;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Checks an address and a password, with the same answer and in the same time whether or not we know the address. */
@Component
class SignIn implements AuthenticationProvider {

    private final Users users;
    private final Steps steps;
    private final Attempts attempts;
    private final SignInNews news;

    SignIn(Users users, Steps steps, Attempts attempts, SignInNews news) {
        this.users = users;
        this.steps = steps;
        this.attempts = attempts;
        this.news = news;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var email = Account.address(attempt.getName());
        if (!(attempt.getDetails() instanceof Origin origin)) {
            throw new IllegalArgumentException("an attempt from nowhere");
        }
        var wait = attempts.begin(email, origin, Patience.WITH_PASSWORDS);
        if (!wait.isZero()) {
            throw new MustWait(wait);
        }
        var user = users.withPassword(email, String.valueOf(attempt.getCredentials()));
        if (user.isEmpty()) {
            news.refused(email);
            throw new BadCredentialsException("refused");
        }
        attempts.succeeded(email, origin);
        return UsernamePasswordAuthenticationToken.authenticated(steps.afterPassword(user.get()), null, List.of());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
