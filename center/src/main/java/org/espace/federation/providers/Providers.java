package org.espace.federation.providers;

import java.net.IDN;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.espace.access.EmailAddress;
import org.espace.access.EmailAddressRefused;
import org.espace.access.OwnProvider;
import org.espace.access.Provisioning;
import org.espace.access.Provisioning.Person;
import org.espace.access.SignedIn;
import org.espace.access.UserExists;
import org.espace.access.UserId;
import org.espace.federation.providers.ProviderRefused.Why;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.espace.web.LocalPath;
import org.espace.web.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The identity providers of organizations, and whom they may let in here. */
@Service
class Providers implements OwnProvider {

    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 500;

    private final ProviderStore store;
    private final Discovery discovery;
    private final TxtRecords records;
    private final Provisioning provisioning;
    private final Secrets secrets;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Providers(
            ProviderStore store,
            Discovery discovery,
            TxtRecords records,
            Provisioning provisioning,
            Secrets secrets,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.discovery = discovery;
        this.records = records;
        this.provisioning = provisioning;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What an administrator has typed.
     *
     * @param secret null to keep the one that there is
     */
    record Order(
            String issuer,
            String clientId,
            @Nullable String secret,
            String domains,
            boolean enforced,
            @Nullable UserId emergency,
            boolean createsUsers) {

        @Override
        public String toString() {
            return issuer;
        }
    }

    Optional<Provider> find(PartnerId partner) {
        return store.find(partner);
    }

    /** Who signs in addresses of this domain, which it has proved to be its own. */
    Optional<Provider> of(EmailAddress email) {
        return store.ofDomain(domain(email));
    }

    String secret(Provider provider) {
        return secrets.open(provider.sealed(), purpose(provider.partner()));
    }

    /** Asks the provider and keeps nothing. */
    Discovery.Found test(String issuer) {
        return discovery.ask(issuer.strip());
    }

    /**
     * @throws ProviderRefused when something that was typed cannot be
     * @throws NotReachable when the provider does not answer as one
     */
    @Transactional
    Provider save(PartnerId partner, Order order, String by) {
        var before = store.find(partner);
        var issuer = required(order.issuer(), 500, Why.NO_ISSUER);
        discovery.ask(issuer);
        var provider = new Provider(
                partner,
                issuer,
                required(order.clientId(), 200, Why.NO_CLIENT),
                sealed(partner, order.secret(), before),
                domains(partner, order.domains()),
                order.enforced(),
                order.enforced() ? emergency(partner, order.emergency()) : null,
                order.createsUsers(),
                clock.instant(),
                by);
        store.put(provider);
        events.publishEvent(Act.of("provider.saved", by, partner.value(), issuer)
                .changing(before.map(Providers::said).orElse(Map.of()), said(provider)));
        return provider;
    }

    @Transactional
    void remove(PartnerId partner, String by) {
        store.find(partner).ifPresent(provider -> {
            store.delete(partner);
            events.publishEvent(Act.of("provider.removed", by, partner.value(), provider.issuer())
                    .changing(said(provider), Map.of()));
        });
    }

    List<Domain> domains(PartnerId partner) {
        return store.domains(partner);
    }

    /** Everybody's that nobody has proved. */
    List<Domain> unprovedDomains() {
        return store.unprovedDomains();
    }

    /**
     * Asks the domain whether it is theirs.
     *
     * @throws ProviderRefused when it does not say so, or when another organization has proved it before
     */
    @Transactional
    void prove(PartnerId partner, String name, String by) {
        var domain = domain(partner, name);
        if (!records.of(domain.host()).contains(domain.text())) {
            throw new ProviderRefused(Why.DOMAIN_NOT_PROVED, name);
        }
        prove(domain, null, by);
    }

    /**
     * The vendor takes it on its own word.
     *
     * @throws ProviderRefused without a reason of 10 to 500 characters, or when another organization has proved it before
     */
    @Transactional
    void confirm(PartnerId partner, String name, String reason, String by) {
        var why = reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw new ProviderRefused(Why.NO_REASON, name);
        }
        prove(domain(partner, name), why, by);
    }

    private void prove(Domain domain, @Nullable String reason, String by) {
        if (domain.proved() != null) {
            return;
        }
        if (!store.prove(domain, reason, clock.instant(), by)) {
            throw new ProviderRefused(Why.DOMAIN_OF_ANOTHER, domain.name());
        }
        events.publishEvent(Act.of("domain.proved", by, domain.partner().value(), domain.name())
                .changing(Map.of(), reason == null ? Map.of("record", domain.host()) : Map.of("reason", reason)));
    }

    private Domain domain(PartnerId partner, String name) {
        return store.domains(partner).stream()
                .filter(domain -> domain.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProviderRefused(Why.NO_DOMAIN, name));
    }

    /** Only once there is a domain whose addresses the provider signs in. */
    @Override
    public boolean closesPasswords(SignedIn user) {
        return user.partner()
                .flatMap(store::find)
                .filter(provider -> provider.enforced() && !user.id().equals(provider.emergency()))
                .filter(provider ->
                        store.domains(provider.partner()).stream().anyMatch(domain -> domain.proved() != null))
                .isPresent();
    }

    @Override
    public Optional<String> confirmation(SignedIn user, LocalPath next) {
        return user.partner()
                .flatMap(store::find)
                .filter(provider -> store.isBound(provider, user.id()))
                .map(provider -> Reconfirmation.path(provider.partner(), next));
    }

    /**
     * The provider says that it is still them. Nobody is recognized for the first time here.
     *
     * @throws SignInRefused when it is somebody else, or when they may not sign in any more
     */
    @Transactional
    void confirm(Provider provider, String subject, SignedIn user) {
        var partner = provider.partner();
        if (store.user(partner, provider.issuer(), subject)
                .filter(user.id()::equals)
                .isEmpty()) {
            throw new SignInRefused(SignInRefused.Why.SOMEBODY_ELSE);
        }
        if (provisioning.signedIn(partner, user.id()).isEmpty()) {
            throw new SignInRefused(SignInRefused.Why.CLOSED);
        }
        events.publishEvent(Act.of("provider.confirmed", user.email(), partner.value(), provider.issuer()));
    }

    /**
     * Whoever the provider says that it is. The first time they are known by a verified address of one of its domains; from
     * then on by their subject, whatever their address becomes.
     *
     * @param email the address, if the provider has verified it
     * @throws SignInRefused when they are not let in here
     */
    @Transactional
    SignedIn admit(Provider provider, String subject, Optional<String> email, Optional<String> name) {
        var partner = provider.partner();
        provisioning.lock(partner);
        var bound = store.user(partner, provider.issuer(), subject);
        var user = bound.flatMap(known -> provisioning.find(partner, known))
                .orElseGet(() -> recognized(provider, subject, email, name, bound.isPresent()));
        var signedIn = provisioning
                .signedIn(partner, user.id())
                .orElseThrow(() -> new SignInRefused(SignInRefused.Why.CLOSED));
        events.publishEvent(Act.of("provider.signed-in", user.email(), partner.value(), provider.issuer()));
        return signedIn;
    }

    private Person recognized(
            Provider provider, String subject, Optional<String> email, Optional<String> name, boolean stale) {
        var partner = provider.partner();
        var address = email.flatMap(EmailAddress::find)
                .orElseThrow(() -> new SignInRefused(SignInRefused.Why.ADDRESS_NOT_VERIFIED));
        if (of(address).filter(one -> one.partner().equals(partner)).isEmpty()) {
            throw new SignInRefused(SignInRefused.Why.OTHER_DOMAIN);
        }
        if (stale) {
            store.unbind(partner, provider.issuer(), subject);
        }
        var person = provisioning.find(partner, address).orElseGet(() -> created(provider, address, name));
        if (!store.bind(partner, provider.issuer(), subject, person.id(), clock.instant())) {
            throw new SignInRefused(SignInRefused.Why.OTHER_SUBJECT);
        }
        events.publishEvent(Act.of("provider.user-recognized", person.email(), partner.value(), provider.issuer()));
        return person;
    }

    private Person created(Provider provider, EmailAddress address, Optional<String> name) {
        if (!provider.createsUsers()) {
            throw new SignInRefused(SignInRefused.Why.UNKNOWN);
        }
        var called = name.map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= 200)
                .orElseGet(() -> address.value().substring(0, address.value().indexOf('@')));
        try {
            return provisioning.create(provider.partner(), address, called, null, provider.issuer());
        } catch (UserExists e) {
            throw new SignInRefused(SignInRefused.Why.OTHER_ORGANIZATION, e);
        } catch (EmailAddressRefused e) {
            throw new SignInRefused(SignInRefused.Why.UNKNOWN, e);
        }
    }

    /** Only one who could use it: it is the way in when the provider is down. */
    private UserId emergency(PartnerId partner, @Nullable UserId chosen) {
        return provisioning.administrators(partner).stream()
                .map(Person::id)
                .filter(administrator -> administrator.equals(chosen))
                .findFirst()
                .orElseThrow(() -> new ProviderRefused(Why.NO_EMERGENCY, String.valueOf(chosen)));
    }

    private String sealed(PartnerId partner, @Nullable String typed, Optional<Provider> before) {
        return typed == null || typed.isBlank()
                ? before.map(Provider::sealed).orElseThrow(() -> new ProviderRefused(Why.NO_SECRET, "none"))
                : secrets.seal(required(typed, 500, Why.NO_SECRET), purpose(partner));
    }

    /**
     * Nobody can take the addresses of others to their own provider: a domain in which another organization has users, or
     * the vendor, is refused.
     */
    private SortedSet<String> domains(PartnerId partner, String typed) {
        var domains = new TreeSet<String>();
        for (var text : Arrays.asList(typed.split("[\\s,;]+", -1))) {
            if (!text.isBlank()) {
                domains.add(domain(text));
            }
        }
        if (domains.isEmpty()) {
            throw new ProviderRefused(Why.NO_DOMAIN, typed);
        }
        domains.stream()
                .filter(domain -> provisioning.isUsedByOthers(partner, domain))
                .findFirst()
                .ifPresent(domain -> {
                    throw new ProviderRefused(Why.DOMAIN_OF_ANOTHER, domain);
                });
        return domains;
    }

    private static String domain(String typed) {
        try {
            var domain = IDN.toASCII(typed.replaceFirst("^@", ""), IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT);
            if (DOMAIN.matcher(domain).matches()) {
                return domain;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new ProviderRefused(Why.NO_DOMAIN, typed);
    }

    private static String domain(EmailAddress email) {
        return email.value().substring(email.value().lastIndexOf('@') + 1);
    }

    private static String required(String typed, int longest, Why missing) {
        var text = typed.strip();
        if (text.isEmpty() || text.length() > longest) {
            throw new ProviderRefused(missing, "0 or more than " + longest + " characters");
        }
        return text;
    }

    static String purpose(PartnerId partner) {
        return "provider:" + partner;
    }

    private static Map<String, String> said(Provider provider) {
        return Map.of(
                "issuer", provider.issuer(),
                "client", provider.clientId(),
                "domains", String.join(", ", provider.domains()),
                "enforced", Boolean.toString(provider.enforced()),
                "emergency", String.valueOf(provider.emergency()),
                "creates-users", Boolean.toString(provider.createsUsers()));
    }

    List<Person> administrators(PartnerId partner) {
        return provisioning.administrators(partner);
    }
}
