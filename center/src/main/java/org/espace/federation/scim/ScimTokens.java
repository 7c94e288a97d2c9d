package org.espace.federation.scim;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espace.access.Machine;
import org.espace.federation.BearerTokens;
import org.espace.federation.Credential;
import org.espace.federation.Issued;
import org.espace.federation.TwoAreGood;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.espace.web.Right;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tokens by which organizations' directories provision their users. */
@Service
public class ScimTokens implements BearerTokens {

    public static final Duration GOOD_FOR = Duration.ofDays(365);

    private static final String PREFIX = "espace_scim_";

    private final ScimTokenStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ScimTokens(ScimTokenStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    public List<Issued> of(PartnerId partner) {
        return store.of(partner);
    }

    /**
     * @return the token, which nobody can read again
     * @throws TwoAreGood when two tokens of the organization are good
     */
    @Transactional
    public Credential issue(PartnerId partner, String by) {
        var token = Credential.random(PREFIX);
        var now = clock.instant();
        if (!store.insert(partner, token, now, now.plus(GOOD_FOR), by)) {
            throw new TwoAreGood();
        }
        events.publishEvent(Act.of("scim-token.issued", by, partner.value(), "SCIM"));
        return token;
    }

    /** It opens nothing from now on. */
    @Transactional
    public void revoke(PartnerId partner, int token, String by) {
        if (store.delete(partner, token)) {
            events.publishEvent(Act.of("scim-token.revoked", by, partner.value(), name(token)));
        }
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Optional<Machine> holder(Credential token) {
        var now = clock.instant();
        return store.find(token, now).map(holder -> {
            store.noteUse(holder.id(), now);
            return new Machine(name(holder.id()), holder.partner(), Set.of(Right.PROVISION));
        });
    }

    private static String name(int token) {
        return "SCIM token " + token;
    }
}
