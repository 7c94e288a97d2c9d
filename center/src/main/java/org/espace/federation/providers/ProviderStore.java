package org.espace.federation.providers;

import static org.espace.db.federation.Tables.PROVIDER;
import static org.espace.db.federation.Tables.PROVIDER_DOMAIN;
import static org.espace.db.federation.Tables.SUBJECT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.espace.access.UserId;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
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

    Optional<Provider> ofDomain(String domain) {
        return find(PROVIDER.PARTNER_ID.in(
                select(PROVIDER_DOMAIN.PARTNER_ID).from(PROVIDER_DOMAIN).where(PROVIDER_DOMAIN.DOMAIN.eq(domain))));
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
                .execute();
        for (var domain : provider.domains()) {
            var added = sql.insertInto(PROVIDER_DOMAIN)
                    .set(PROVIDER_DOMAIN.DOMAIN, domain)
                    .set(PROVIDER_DOMAIN.PARTNER_ID, provider.partner().value())
                    .onConflictDoNothing()
                    .execute();
            if (added == 0) {
                throw new ProviderRefused(ProviderRefused.Why.DOMAIN_OF_ANOTHER, domain);
            }
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
