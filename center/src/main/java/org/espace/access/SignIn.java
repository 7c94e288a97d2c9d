package org.espace.access;

import java.time.Clock;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Checks an address and a password, in the same time and with the same answer whether or not we know the address. */
@Component
class SignIn implements AuthenticationProvider {

    private final UserStore store;
    private final PasswordEncoder encoder;
    private final Clock clock;
    private final String nobodysHash;

    SignIn(UserStore store, PasswordEncoder encoder, Clock clock) {
        this.store = store;
        this.encoder = encoder;
        this.clock = clock;
        this.nobodysHash = encoder.encode("nobody has this password");
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var found = store.find(Users.address(attempt.getName()));
        var password = String.valueOf(attempt.getCredentials());
        var matches =
                encoder.matches(password, found.map(UserStore.Account::hash).orElse(nobodysHash));
        var account = found.filter(known -> matches && !isExpired(known))
                .orElseThrow(() -> new BadCredentialsException("refused"));
        var user = store.signedIn(account);
        return UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private boolean isExpired(UserStore.Account account) {
        return account.expires() != null && !clock.instant().isBefore(account.expires());
    }
}
