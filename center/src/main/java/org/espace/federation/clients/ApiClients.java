package org.espace.federation.clients;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.espace.access.Machine;
import org.espace.federation.BearerTokens;
import org.espace.federation.Credential;
import org.espace.federation.TwoAreGood;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The machines of organizations and of the vendor, and the tokens that they get for their secrets. */
@Service
public class ApiClients implements BearerTokens {

    public static final Duration SECRET_GOOD_FOR = Duration.ofDays(365);
    public static final Duration TOKEN_GOOD_FOR = Duration.ofHours(1);

    private static final String SECRET_PREFIX = "espace_secret_";
    private static final String TOKEN_PREFIX = "espace_access_";

    private final ApiClientStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApiClients(ApiClientStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** @param secret which nobody can read again */
    public record Made(ApiClient client, Credential secret) {}

    /** @param token which nobody can read again */
    public record Exchanged(Credential token, Set<ApiScope> scopes) {}

    /** @param partner null for the vendor's */
    public List<ApiClient> of(@Nullable PartnerId partner) {
        return store.of(partner);
    }

    /** @throws ApiClientExists when the organization has another one of this name */
    @Transactional
    public Made create(@Nullable PartnerId partner, String name, Set<ApiScope> scopes, String by) {
        var id = store.insert(partner, publicId(), name, scopes, clock.instant(), by)
                .orElseThrow(() -> new ApiClientExists(name));
        tell("api-client.created", by, partner, name, Map.of("scopes", written(scopes)));
        var secret = insertSecret(id, by);
        return new Made(client(partner, id), secret);
    }

    /** @throws TwoAreGood when two of its secrets are good */
    @Transactional
    public Made addSecret(@Nullable PartnerId partner, int client, String by) {
        var found = client(partner, client);
        var secret = insertSecret(client, by);
        tell("api-client.secret-added", by, partner, found.name(), Map.of());
        return new Made(client(partner, client), secret);
    }

    /** What was got for it ends with it. */
    @Transactional
    public void revokeSecret(@Nullable PartnerId partner, int client, int secret, String by) {
        var found = client(partner, client);
        if (store.deleteSecret(client, secret)) {
            tell("api-client.secret-revoked", by, partner, found.name(), Map.of());
        }
    }

    @Transactional
    public void remove(@Nullable PartnerId partner, int client, String by) {
        var found = client(partner, client);
        store.delete(client);
        tell("api-client.removed", by, partner, found.name(), Map.of());
    }

    /**
     * A token for an hour.
     *
     * @param wanted the scopes that are asked for; empty for all that the client has
     * @return empty when client and secret do not belong together or the secret is not good any more
     * @throws ScopeNotGranted when the client has not all of the scopes
     */
    @Transactional
    Optional<Exchanged> exchange(String publicId, Credential secret, Set<ApiScope> wanted) {
        var now = clock.instant();
        return store.holderOfSecret(publicId, secret, now).map(holder -> {
            if (!holder.scopes().containsAll(wanted)) {
                throw new ScopeNotGranted();
            }
            var scopes = wanted.isEmpty() ? holder.scopes() : wanted;
            var token = Credential.random(TOKEN_PREFIX);
            store.insertToken(holder.secret(), token, scopes, now, now.plus(TOKEN_GOOD_FOR));
            return new Exchanged(token, scopes);
        });
    }

    @Override
    public String prefix() {
        return TOKEN_PREFIX;
    }

    @Override
    public Optional<Machine> holder(Credential token) {
        return store.holderOfToken(token, clock.instant())
                .map(holder -> new Machine(
                        "API client " + holder.name(),
                        holder.partner(),
                        holder.scopes().stream().map(ApiScope::right).collect(Collectors.toSet())));
    }

    private ApiClient client(@Nullable PartnerId partner, int id) {
        return store.find(partner, id).orElseThrow(() -> new ApiClientNotFound(id));
    }

    private Credential insertSecret(int client, String by) {
        var secret = Credential.random(SECRET_PREFIX);
        var now = clock.instant();
        if (!store.insertSecret(client, secret, now, now.plus(SECRET_GOOD_FOR), by)) {
            throw new TwoAreGood();
        }
        return secret;
    }

    private static String publicId() {
        return "client-" + Long.toString(new SecureRandom().nextLong(1L << 40, 1L << 60), 36);
    }

    static String written(Set<ApiScope> scopes) {
        return scopes.stream().map(ApiScope::code).sorted().collect(Collectors.joining(" "));
    }

    private void tell(
            String action, String by, @Nullable PartnerId partner, String subject, Map<String, String> after) {
        events.publishEvent(Act.of(action, by, partner == null ? null : partner.value(), subject)
                .changing(Map.of(), after));
    }
}
