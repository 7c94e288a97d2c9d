package org.espace.federation.clients;

import static org.espace.db.federation.Tables.ACCESS_TOKEN;
import static org.espace.db.federation.Tables.API_CLIENT;
import static org.espace.db.federation.Tables.API_SECRET;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.espace.federation.Credential;
import org.espace.federation.Issued;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ApiClientStore {

    private static final Duration USE_IS_NOTED_EVERY = Duration.ofHours(1);

    private final DSLContext sql;

    ApiClientStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Whom a secret or a token is good for. */
    record Holder(int secret, @Nullable Integer partner, String name, Set<ApiScope> scopes) {}

    List<ApiClient> of(@Nullable PartnerId partner) {
        return clients(owned(partner));
    }

    Optional<ApiClient> find(@Nullable PartnerId partner, int id) {
        return clients(owned(partner).and(API_CLIENT.ID.eq(id))).stream().findFirst();
    }

    private List<ApiClient> clients(Condition which) {
        return sql.select(
                        API_CLIENT.ID,
                        API_CLIENT.PARTNER_ID,
                        API_CLIENT.PUBLIC_ID,
                        API_CLIENT.NAME,
                        API_CLIENT.SCOPES.convertFrom(ApiClientStore::scopes),
                        API_CLIENT.MADE_AT,
                        API_CLIENT.MADE_BY,
                        multiset(sql.select(
                                                API_SECRET.ID,
                                                API_SECRET.MADE_AT,
                                                API_SECRET.MADE_BY,
                                                API_SECRET.EXPIRES_AT,
                                                API_SECRET.USED_AT)
                                        .from(API_SECRET)
                                        .where(API_SECRET.CLIENT_ID.eq(API_CLIENT.ID))
                                        .orderBy(API_SECRET.ID))
                                .convertFrom(rows -> rows.map(mapping(Issued::new))))
                .from(API_CLIENT)
                .where(which)
                .orderBy(API_CLIENT.ID)
                .fetch(mapping(ApiClient::new));
    }

    /** Empty when the name is taken. */
    Optional<Integer> insert(
            @Nullable PartnerId partner, String publicId, String name, Set<ApiScope> scopes, Instant now, String by) {
        return sql.insertInto(API_CLIENT)
                .set(API_CLIENT.PARTNER_ID, partner == null ? null : partner.value())
                .set(API_CLIENT.PUBLIC_ID, publicId)
                .set(API_CLIENT.NAME, name)
                .set(API_CLIENT.SCOPES, codes(scopes))
                .set(API_CLIENT.MADE_AT, now)
                .set(API_CLIENT.MADE_BY, by)
                .onConflictDoNothing()
                .returningResult(API_CLIENT.ID)
                .fetchOptional()
                .map(row -> row.value1());
    }

    /** Its secrets and tokens go with it. */
    void delete(int client) {
        sql.deleteFrom(API_CLIENT).where(API_CLIENT.ID.eq(client)).execute();
    }

    /** False when both places are taken by secrets that are still good. */
    boolean insertSecret(int client, Credential secret, Instant now, Instant expires, String by) {
        sql.deleteFrom(API_SECRET)
                .where(API_SECRET.CLIENT_ID.eq(client))
                .and(API_SECRET.EXPIRES_AT.le(now))
                .execute();
        return Stream.of((short) 1, (short) 2)
                .anyMatch(slot -> sql.insertInto(API_SECRET)
                                .set(API_SECRET.CLIENT_ID, client)
                                .set(API_SECRET.SLOT, slot)
                                .set(API_SECRET.SECRET_HASH, secret.hash())
                                .set(API_SECRET.MADE_AT, now)
                                .set(API_SECRET.MADE_BY, by)
                                .set(API_SECRET.EXPIRES_AT, expires)
                                .onConflictDoNothing()
                                .execute()
                        == 1);
    }

    boolean deleteSecret(int client, int secret) {
        return sql.deleteFrom(API_SECRET)
                        .where(API_SECRET.CLIENT_ID.eq(client))
                        .and(API_SECRET.ID.eq(secret))
                        .execute()
                == 1;
    }

    Optional<Holder> holderOfSecret(String publicId, Credential secret, Instant now) {
        return sql.select(
                        API_SECRET.ID,
                        API_CLIENT.PARTNER_ID,
                        API_CLIENT.NAME,
                        API_CLIENT.SCOPES.convertFrom(ApiClientStore::scopes))
                .from(API_SECRET)
                .join(API_CLIENT)
                .on(API_CLIENT.ID.eq(API_SECRET.CLIENT_ID))
                .where(API_CLIENT.PUBLIC_ID.eq(publicId))
                .and(API_SECRET.SECRET_HASH.eq(secret.hash()))
                .and(API_SECRET.EXPIRES_AT.gt(now))
                .fetchOptional(mapping(Holder::new));
    }

    void insertToken(int secret, Credential token, Set<ApiScope> scopes, Instant now, Instant expires) {
        sql.deleteFrom(ACCESS_TOKEN).where(ACCESS_TOKEN.EXPIRES_AT.le(now)).execute();
        sql.insertInto(ACCESS_TOKEN)
                .set(ACCESS_TOKEN.TOKEN_HASH, token.hash())
                .set(ACCESS_TOKEN.SECRET_ID, secret)
                .set(ACCESS_TOKEN.SCOPES, codes(scopes))
                .set(ACCESS_TOKEN.EXPIRES_AT, expires)
                .execute();
        sql.update(API_SECRET)
                .set(API_SECRET.USED_AT, now)
                .where(API_SECRET.ID.eq(secret))
                .and(API_SECRET.USED_AT.isNull().or(API_SECRET.USED_AT.lt(now.minus(USE_IS_NOTED_EVERY))))
                .execute();
    }

    Optional<Holder> holderOfToken(Credential token, Instant now) {
        return sql.select(
                        API_SECRET.ID,
                        API_CLIENT.PARTNER_ID,
                        API_CLIENT.NAME,
                        ACCESS_TOKEN.SCOPES.convertFrom(ApiClientStore::scopes))
                .from(ACCESS_TOKEN)
                .join(API_SECRET)
                .on(API_SECRET.ID.eq(ACCESS_TOKEN.SECRET_ID))
                .join(API_CLIENT)
                .on(API_CLIENT.ID.eq(API_SECRET.CLIENT_ID))
                .where(ACCESS_TOKEN.TOKEN_HASH.eq(token.hash()))
                .and(ACCESS_TOKEN.EXPIRES_AT.gt(now))
                .and(API_SECRET.EXPIRES_AT.gt(now))
                .fetchOptional(mapping(Holder::new));
    }

    private static Condition owned(@Nullable PartnerId partner) {
        return partner == null ? API_CLIENT.PARTNER_ID.isNull() : API_CLIENT.PARTNER_ID.eq(partner.value());
    }

    private static Set<ApiScope> scopes(String[] codes) {
        var scopes = EnumSet.noneOf(ApiScope.class);
        Arrays.stream(codes).forEach(code -> scopes.add(ApiScope.find(code).orElseThrow()));
        return scopes;
    }

    private static String[] codes(Set<ApiScope> scopes) {
        return scopes.stream().map(ApiScope::code).sorted().toArray(String[]::new);
    }
}
