package org.espace.certifications;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Clock;
import org.espace.certifications.BadgeStore.KeptKey;
import org.espace.web.Act;
import org.espace.web.Instance;
import org.espace.web.Secrets;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The keys that certificates are signed with, ES256. The newest one signs; the public half of every one stays published, so
 * that what was signed before can still be checked. The private halves are sealed by {@link Secrets}.
 */
@Service
public class SigningKeys {

    static final String PUBLISHED_AT = "/.well-known/certificate-keys";

    private final BadgeStore store;
    private final Secrets secrets;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final String url;

    SigningKeys(BadgeStore store, Secrets secrets, ApplicationEventPublisher events, Clock clock, Instance instance) {
        this.store = store;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
        this.url = instance.url();
    }

    /** With its private half; made when it is first needed. */
    @Transactional
    public ECKey signing() {
        if (store.keys().isEmpty()) {
            store.lock();
            if (store.keys().isEmpty()) {
                make();
            }
        }
        var newest = store.keys().getFirst();
        return parsed(secrets.open(newest.sealed(), purpose(newest.id())));
    }

    /** A new key signs from now on. */
    @Transactional
    public void change(String by) {
        store.lock();
        var key = make();
        events.publishEvent(Act.of("certificate-key.changed", by, null, key));
    }

    /** Public halves only, the newest first. */
    public JWKSet published() {
        return new JWKSet(
                store.keys().stream().map(key -> (JWK) parsed(key.publicKey())).toList());
    }

    /** Each key is named by its address. */
    String address(String id) {
        return url + PUBLISHED_AT + "/" + id;
    }

    private String make() {
        try {
            var key = new ECKeyGenerator(Curve.P_256).generate();
            var id = key.computeThumbprint().toString();
            var named = new ECKey.Builder(key)
                    .keyID(address(id))
                    .keyUse(KeyUse.SIGNATURE)
                    .build();
            store.insert(
                    new KeptKey(
                            id, named.toPublicJWK().toJSONString(), secrets.seal(named.toJSONString(), purpose(id))),
                    clock.instant());
            return id;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String purpose(String id) {
        return "certificate-key:" + id;
    }

    private static ECKey parsed(String json) {
        try {
            return ECKey.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
