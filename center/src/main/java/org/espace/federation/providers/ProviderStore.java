package org.espace.federation.providers;

import static org.espace.db.federation.Tables.DOMAIN_PROOF;
import static org.espace.db.federation.Tables.PROVIDER;
import static org.espace.db.federation.Tables.PROVIDER_DOMAIN;
import static org.espace.db.federation.Tables.SUBJECT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.when;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.espace.access.UserId;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ProviderStore {

    private final DSLContext sql;

    ProviderStore(DSLContext sql) {
        this.sql = sql;
    }

    Optional<Provider> find(PartnerId partner) {
        return find(PROVIDER.PARTNER_ID.eq(partner.value()));
    }

    /** Of whoever has proved that the domain is theirs. */
    Optional<Provider> ofDomain(String domain) {
        return find(PROVIDER.PARTNER_ID.in(
                select(DOMAIN_PROOF.PARTNER_ID).from(DOMAIN_PROOF).where(DOMAIN_PROOF.DOMAIN.eq(domain))));
    }

    List<Domain> domains(PartnerId partner) {
        return domains(PROVIDER_DOMAIN.PARTNER_ID.eq(partner.value()));
    }

    /** Everybody's that nobody has proved. */
    List<Domain> unprovedDomains() {
        return domains(PROVIDER_DOMAIN.DOMAIN.notIn(select(DOMAIN_PROOF.DOMAIN).from(DOMAIN_PROOF)));
    }

    private List<Domain> domains(Condition which) {
        return sql.select(
                        PROVIDER_DOMAIN.PARTNER_ID.convertFrom(PartnerId::new),
                        PROVIDER_DOMAIN.DOMAIN,
                        PROVIDER_DOMAIN.CHALLENGE,
                        DOMAIN_PROOF.PROVED_AT,
                        when(DOMAIN_PROOF.REASON.isNotNull(), DOMAIN_PROOF.PROVED_BY))
                .from(PROVIDER_DOMAIN)
                .leftJoin(DOMAIN_PROOF)
                .using(PROVIDER_DOMAIN.PARTNER_ID, PROVIDER_DOMAIN.DOMAIN)
                .where(which)
                .orderBy(PROVIDER_DOMAIN.DOMAIN, PROVIDER_DOMAIN.PARTNER_ID)
                .fetch(mapping(Domain::new));
    }

    /**
     * False when another organization was first, or this one.
     *
     * @param reason of whoever confirms it by hand; null where the domain says so itself
     */
    boolean prove(Domain domain, @Nullable String reason, Instant now, String by) {
        return sql.insertInto(DOMAIN_PROOF)
                        .set(DOMAIN_PROOF.DOMAIN, domain.name())
                        .set(DOMAIN_PROOF.PARTNER_ID, domain.partner().value())
                        .set(DOMAIN_PROOF.REASON, reason)
                        .set(DOMAIN_PROOF.PROVED_AT, now)
                        .set(DOMAIN_PROOF.PROVED_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    private Optional<Provider> find(Condition which) {
        return sql.select(
                        PROVIDER.PARTNER_ID.convertFrom(PartnerId::new),
                        PROVIDER.ISSUER,
                        PROVIDER.CLIENT_ID,
                        PROVIDER.CLIENT_SECRET,
                        multiset(sql.select(PROVIDER_DOMAIN.DOMAIN)
                                        .from(PROVIDER_DOMAIN)
                                        .where(PROVIDER_DOMAIN.PARTNER_ID.eq(PROVIDER.PARTNER_ID)))
                                .convertFrom(rows ->
                                        (SortedSet<String>) new TreeSet<>(rows.getValues(PROVIDER_DOMAIN.DOMAIN))),
                        PROVIDER.ENFORCED,
                        PROVIDER.EMERGENCY.convertFrom(id -> id == null ? null : new UserId(id)),
                        PROVIDER.CREATES_USERS,
                        PROVIDER.CHANGED_AT,
                        PROVIDER.CHANGED_BY)
                .from(PROVIDER)
                .where(which)
                .fetchOptional(mapping(Provider::new));
    }

    /** What is proved of a domain that stays is kept. */
    void put(Provider provider) {
        var emergency = provider.emergency();
        sql.insertInto(PROVIDER)
                .set(PROVIDER.PARTNER_ID, provider.partner().value())
                .set(PROVIDER.ISSUER, provider.issuer())
                .set(PROVIDER.CLIENT_ID, provider.clientId())
                .set(PROVIDER.CLIENT_SECRET, provider.sealed())
                .set(PROVIDER.ENFORCED, provider.enforced())
                .set(PROVIDER.EMERGENCY, emergency == null ? null : emergency.value())
                .set(PROVIDER.CREATES_USERS, provider.createsUsers())
                .set(PROVIDER.CHANGED_AT, provider.changed())
                .set(PROVIDER.CHANGED_BY, provider.by())
                .onConflict(PROVIDER.PARTNER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
        sql.deleteFrom(PROVIDER_DOMAIN)
                .where(PROVIDER_DOMAIN.PARTNER_ID.eq(provider.partner().value()))
                .and(PROVIDER_DOMAIN.DOMAIN.notIn(provider.domains()))
                .execute();
        for (var domain : provider.domains()) {
            sql.insertInto(PROVIDER_DOMAIN)
                    .set(PROVIDER_DOMAIN.DOMAIN, domain)
                    .set(PROVIDER_DOMAIN.PARTNER_ID, provider.partner().value())
                    .onConflictDoNothing()
                    .execute();
        }
    }

    void delete(PartnerId partner) {
        sql.deleteFrom(PROVIDER).where(PROVIDER.PARTNER_ID.eq(partner.value())).execute();
    }

    Optional<UserId> user(PartnerId partner, String issuer, String subject) {
        return sql.select(SUBJECT.USER_ID)
                .from(SUBJECT)
                .where(SUBJECT.PARTNER_ID.eq(partner.value()))
                .and(SUBJECT.ISSUER.eq(issuer))
                .and(SUBJECT.SUBJECT_.eq(subject))
                .fetchOptional(row -> new UserId(row.value1()));
    }

    /** Whether the provider has let them in before. */
    boolean isBound(Provider provider, UserId user) {
        return sql.fetchExists(selectFrom(SUBJECT)
                .where(SUBJECT.PARTNER_ID.eq(provider.partner().value()))
                .and(SUBJECT.ISSUER.eq(provider.issuer()))
                .and(SUBJECT.USER_ID.eq(user.value())));
    }

    /** False when the user is somebody else at the provider already. */
    boolean bind(PartnerId partner, String issuer, String subject, UserId user, Instant now) {
        return sql.insertInto(SUBJECT)
                        .set(SUBJECT.PARTNER_ID, partner.value())
                        .set(SUBJECT.ISSUER, issuer)
                        .set(SUBJECT.SUBJECT_, subject)
                        .set(SUBJECT.USER_ID, user.value())
                        .set(SUBJECT.BOUND_AT, now)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** Of somebody who is no user of the organization any more. */
    void unbind(PartnerId partner, String issuer, String subject) {
        sql.deleteFrom(SUBJECT)
                .where(SUBJECT.PARTNER_ID.eq(partner.value()))
                .and(SUBJECT.ISSUER.eq(issuer))
                .and(SUBJECT.SUBJECT_.eq(subject))
                .execute();
    }
}
