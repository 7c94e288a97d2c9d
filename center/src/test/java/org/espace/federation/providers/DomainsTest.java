package org.espace.federation.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.espace.RoomTest;
import org.espace.access.EmailAddress;
import org.espace.access.Grant;
import org.espace.access.Provisioning;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.federation.providers.Providers.Order;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** A domain counts once it says itself whose it is, or once somebody at the vendor answers for that. */
@RoomTest
@TestPropertySource(properties = "espace.providers.private-addresses=true")
class DomainsTest {

    @Autowired
    ProviderStore store;

    @Autowired
    Discovery discovery;

    @Autowired
    Provisioning provisioning;

    @Autowired
    Secrets secrets;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Clock clock;

    @Autowired
    Partners partners;

    @Autowired
    MockMvcTester web;

    private final Map<String, List<String>> records = new HashMap<>();
    private final String domain = "d" + UUID.randomUUID() + ".example";
    private final PartnerId contoso = new PartnerId(ThreadLocalRandom.current().nextInt(1_000_000, 90_000_000));
    private final PartnerId fabrikam = new PartnerId(contoso.value() + 1);
    private Providers providers;
    private PracticeProvider practice;

    @BeforeEach
    void twoOrganizationsNameTheSameDomain() throws Exception {
        practice = new PracticeProvider();
        TxtRecords names = host -> records.getOrDefault(host, List.of());
        providers = new Providers(store, discovery, names, provisioning, secrets, events, clock);
        for (var partner : List.of(contoso, fabrikam)) {
            partners.register(List.of(new Partner(partner, "P" + partner, "Partner " + partner, "FR")), List.of());
            save(partner, domain);
        }
    }

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void namedItLeadsNobodyAndProvedItLeadsToWhoeverProvedIt() {
        assertThat(whoSignsIn()).isEmpty();
        publish(fabrikam, "v=spf1 -all", challenge(fabrikam));
        providers.prove(fabrikam, domain, "test");

        assertThat(whoSignsIn()).contains(fabrikam);
        assertThat(providers.domains(fabrikam).getFirst().by()).isNull();
    }

    @Test
    void theRecordOfAnotherOrganizationProvesNothing() {
        publish(contoso, challenge(fabrikam));
        assertThat(why(() -> providers.prove(contoso, domain, "test")))
                .isEqualTo(ProviderRefused.Why.DOMAIN_NOT_PROVED);
        assertThat(challenge(contoso)).isNotEqualTo(challenge(fabrikam)).hasSizeGreaterThan(50);
    }

    @Test
    void whatOneHasProvedAnotherDoesNotTake() {
        publish(contoso, challenge(contoso), challenge(fabrikam));
        providers.prove(contoso, domain, "test");

        assertThat(why(() -> providers.prove(fabrikam, domain, "test")))
                .isEqualTo(ProviderRefused.Why.DOMAIN_OF_ANOTHER);
        assertThat(why(() -> providers.confirm(fabrikam, domain, "known from the contract", "test")))
                .isEqualTo(ProviderRefused.Why.DOMAIN_OF_ANOTHER);
        assertThat(whoSignsIn()).contains(contoso);
    }

    @Test
    void aProofStaysWithTheDomainAndGoesWithIt() {
        publish(contoso, challenge(contoso));
        providers.prove(contoso, domain, "test");
        save(contoso, domain + ", more." + domain);
        assertThat(whoSignsIn()).contains(contoso);

        save(contoso, "more." + domain);
        assertThat(whoSignsIn()).isEmpty();
    }

    @Test
    void aDomainThatTheyHaveNotNamedIsNotProved() {
        assertThat(why(() -> providers.prove(contoso, "other.example", "test")))
                .isEqualTo(ProviderRefused.Why.NO_DOMAIN);
    }

    @Test
    void theVendorConfirmsItByHandAndSaysWhy() {
        assertThat(web.post()
                        .uri("/console/partners/" + contoso + "/domains/" + domain + "/proof")
                        .with(csrf())
                        .with(operator())
                        .param("reason", "trust me"))
                .hasStatus(422)
                .bodyText()
                .contains("Say in 10 to 500 letters", "value=\"trust me\"");
        assertThat(web.post()
                        .uri("/console/partners/" + contoso + "/domains/" + domain + "/proof")
                        .with(csrf())
                        .with(operator())
                        .param("reason", "known from the contract"))
                .hasRedirectedUrl("/console/domains");

        assertThat(whoSignsIn()).contains(contoso);
        assertThat(providers.domains(contoso).getFirst().by()).isEqualTo("operator@example.com");
        assertThat(web.get().uri("/console/domains").with(operator()))
                .bodyText()
                .doesNotContain(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'; drop table x", "a b.example", "-.example", "localhost", "1.2.3.4", "dns://evil.example"})
    void whatIsNoDomainIsNotAskedFor(String typed) {
        assertThat(why(() -> save(contoso, typed.replace(" ", "\u00a0")))).isEqualTo(ProviderRefused.Why.NO_DOMAIN);
    }

    private Optional<PartnerId> whoSignsIn() {
        return providers.of(new EmailAddress("ada@" + domain)).map(Provider::partner);
    }

    private String challenge(PartnerId partner) {
        return providers.domains(partner).getFirst().text();
    }

    private void publish(PartnerId partner, String... texts) {
        records.put(providers.domains(partner).getFirst().host(), List.of(texts));
    }

    private void save(PartnerId partner, String domains) {
        providers.save(
                partner,
                new Order(
                        practice.issuer(),
                        PracticeProvider.CLIENT,
                        PracticeProvider.SECRET,
                        domains,
                        false,
                        null,
                        false),
                "test");
    }

    private static ProviderRefused.Why why(Runnable refused) {
        try {
            refused.run();
            throw new AssertionError("not refused");
        } catch (ProviderRefused e) {
            return e.why();
        }
    }

    private static RequestPostProcessor operator() {
        var operator = new SignedIn(
                new UserId(1), "operator@example.com", "O", "en", null, null, List.of(Grant.atVendor(Role.OPERATOR)));
        return authentication(UsernamePasswordAuthenticationToken.authenticated(operator, null, List.of()));
    }
}
