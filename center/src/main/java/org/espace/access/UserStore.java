package org.espace.access;

import static org.espace.db.access.Tables.PASSWORD;
import static org.espace.db.access.Tables.ROLE_GRANT;
import static org.espace.db.access.Tables.USER_ACCOUNT;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class UserStore {

    private final DSLContext sql;

    UserStore(DSLContext sql) {
        this.sql = sql;
    }

    /** What a sign-in is checked against. */
    record Account(
            int id,
            String email,
            String name,
            @Nullable String language,
            @Nullable Integer organization,
            String hash,
            @Nullable Instant expires) {}

    Optional<Account> find(String email) {
        return sql.select(
                        USER_ACCOUNT.ID,
                        USER_ACCOUNT.EMAIL,
                        USER_ACCOUNT.NAME,
                        USER_ACCOUNT.LANGUAGE,
                        USER_ACCOUNT.PARTNER_ID,
                        PASSWORD.HASH,
                        PASSWORD.EXPIRES_AT)
                .from(USER_ACCOUNT)
                .join(PASSWORD)
                .on(PASSWORD.USER_ID.eq(USER_ACCOUNT.ID))
                .where(USER_ACCOUNT.EMAIL.eq(email))
                .fetchOptional(mapping(Account::new));
    }

    SignedIn signedIn(Account account) {
        return new SignedIn(
                new UserId(account.id()),
                account.email(),
                account.name(),
                account.language(),
                account.organization(),
                account.expires() == null ? null : NextStep.CHOOSE_PASSWORD,
                grants(account.id()));
    }

    List<Grant> grants(int user) {
        return sql.select(ROLE_GRANT.ROLE, ROLE_GRANT.PARTNER_ID, ROLE_GRANT.LOCATION_ID, ROLE_GRANT.PROGRAM)
                .from(ROLE_GRANT)
                .where(ROLE_GRANT.USER_ID.eq(user))
                .orderBy(ROLE_GRANT.ROLE, ROLE_GRANT.LOCATION_ID, ROLE_GRANT.PROGRAM)
                .fetch(mapping(
                        (role, partner, location, program) -> new Grant(Role.of(role), partner, location, program)));
    }

    /** Empty when the address is taken. */
    Optional<Integer> insert(@Nullable PartnerId organization, String email, String name, String by, Instant now) {
        return sql.insertInto(USER_ACCOUNT)
                .set(USER_ACCOUNT.EMAIL, email)
                .set(USER_ACCOUNT.NAME, name)
                .set(USER_ACCOUNT.PARTNER_ID, organization == null ? null : organization.value())
                .set(USER_ACCOUNT.CREATED_AT, now)
                .set(USER_ACCOUNT.CREATED_BY, by)
                .onConflictDoNothing()
                .returningResult(USER_ACCOUNT.ID)
                .fetchOptional()
                .map(row -> row.value1());
    }

    void setPassword(int user, String hash, Instant now, @Nullable Instant expires) {
        sql.insertInto(PASSWORD)
                .set(PASSWORD.USER_ID, user)
                .set(PASSWORD.HASH, hash)
                .set(PASSWORD.SET_AT, now)
                .set(PASSWORD.EXPIRES_AT, expires)
                .onConflict(PASSWORD.USER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    void setLanguage(String email, String language) {
        sql.update(USER_ACCOUNT)
                .set(USER_ACCOUNT.LANGUAGE, language)
                .where(USER_ACCOUNT.EMAIL.eq(email))
                .execute();
    }

    void insert(int user, Grant grant, String by, Instant now) {
        sql.insertInto(ROLE_GRANT)
                .set(ROLE_GRANT.USER_ID, user)
                .set(ROLE_GRANT.ROLE, grant.role().code())
                .set(ROLE_GRANT.PARTNER_ID, grant.partner())
                .set(ROLE_GRANT.LOCATION_ID, grant.location())
                .set(ROLE_GRANT.PROGRAM, grant.program())
                .set(ROLE_GRANT.GRANTED_AT, now)
                .set(ROLE_GRANT.GRANTED_BY, by)
                .onConflictDoNothing()
                .execute();
    }

    void delete(int user, Grant grant) {
        sql.deleteFrom(ROLE_GRANT)
                .where(ROLE_GRANT.USER_ID.eq(user))
                .and(ROLE_GRANT.ROLE.eq(grant.role().code()))
                .and(ROLE_GRANT.LOCATION_ID.isNotDistinctFrom(grant.location()))
                .and(ROLE_GRANT.PROGRAM.isNotDistinctFrom(grant.program()))
                .execute();
    }
}
