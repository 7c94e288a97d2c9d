package org.espace.access;

import static org.espace.db.access.Tables.CLOSURE;
import static org.espace.db.access.Tables.GROUP_GRANT;
import static org.espace.db.access.Tables.GROUP_MEMBER;
import static org.espace.db.access.Tables.PASSWORD;
import static org.espace.db.access.Tables.ROLE_GRANT;
import static org.espace.db.access.Tables.USER_ACCOUNT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class UserStore {

    private final DSLContext sql;

    UserStore(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * What a sign-in is checked against.
     *
     * @param hash null for whoever comes through another door
     * @param expires of a temporary password
     * @param used since when the temporary password opens nothing any more
     */
    record Account(
            int id,
            String email,
            String name,
            @Nullable String language,
            @Nullable Integer organization,
            @Nullable String hash,
            @Nullable Instant expires,
            @Nullable Instant used) {}

    /** Whoever is closed is not found. */
    Optional<Account> find(String email) {
        return accounts(USER_ACCOUNT.EMAIL.eq(email)).stream().findFirst();
    }

    Optional<Account> find(UserId user) {
        return accounts(USER_ACCOUNT.ID.eq(user.value())).stream().findFirst();
    }

    List<Account> ofOrganization(@Nullable Integer organization) {
        return accounts(USER_ACCOUNT.PARTNER_ID.isNotDistinctFrom(organization));
    }

    void setName(UserId user, String name) {
        sql.update(USER_ACCOUNT)
                .set(USER_ACCOUNT.NAME, name)
                .where(USER_ACCOUNT.ID.eq(user.value()))
                .execute();
    }

    private List<Account> accounts(Condition which) {
        return sql.select(
                        USER_ACCOUNT.ID,
                        USER_ACCOUNT.EMAIL,
                        USER_ACCOUNT.NAME,
                        USER_ACCOUNT.LANGUAGE,
                        USER_ACCOUNT.PARTNER_ID,
                        PASSWORD.HASH,
                        PASSWORD.EXPIRES_AT,
                        PASSWORD.USED_AT)
                .from(USER_ACCOUNT)
                .leftJoin(PASSWORD)
                .on(PASSWORD.USER_ID.eq(USER_ACCOUNT.ID))
                .where(which)
                .andNotExists(selectOne().from(CLOSURE).where(CLOSURE.USER_ID.eq(USER_ACCOUNT.ID)))
                .orderBy(USER_ACCOUNT.EMAIL)
                .fetch(mapping(Account::new));
    }

    /** By address. */
    List<Account> ofOrganizations(Collection<PartnerId> organizations) {
        return accounts(USER_ACCOUNT.PARTNER_ID.eq(
                any(organizations.stream().map(PartnerId::value).toArray(Integer[]::new))));
    }

    SignedIn signedIn(Account account) {
        return signedIn(account, grants(account.id()));
    }

    /** In the same order; with one look at what all of them may do. */
    List<SignedIn> signedIn(List<Account> accounts) {
        var grants = grants(accounts.stream().map(Account::id).toList());
        return accounts.stream()
                .map(account -> signedIn(account, grants.getOrDefault(account.id(), List.of())))
                .toList();
    }

    private static SignedIn signedIn(Account account, List<Grant> grants) {
        return new SignedIn(
                new UserId(account.id()),
                account.email(),
                account.name(),
                account.language(),
                account.organization(),
                account.expires() == null ? null : NextStep.CHOOSE_PASSWORD,
                grants);
    }

    /** Their own and those of their groups. */
    List<Grant> grants(int user) {
        return grants(List.of(user)).getOrDefault(user, List.of());
    }

    private Map<Integer, List<Grant>> grants(List<Integer> users) {
        var ids = users.toArray(Integer[]::new);
        var ofGroups = select(
                        GROUP_MEMBER.USER_ID,
                        GROUP_GRANT.ROLE,
                        GROUP_GRANT.PARTNER_ID,
                        GROUP_GRANT.LOCATION_ID,
                        GROUP_GRANT.PROGRAM)
                .from(GROUP_GRANT)
                .join(GROUP_MEMBER)
                .on(GROUP_MEMBER.GROUP_ID.eq(GROUP_GRANT.GROUP_ID))
                .where(GROUP_MEMBER.USER_ID.eq(any(ids)));
        return sql.select(
                        ROLE_GRANT.USER_ID,
                        ROLE_GRANT.ROLE,
                        ROLE_GRANT.PARTNER_ID,
                        ROLE_GRANT.LOCATION_ID,
                        ROLE_GRANT.PROGRAM)
                .from(ROLE_GRANT)
                .where(ROLE_GRANT.USER_ID.eq(any(ids)))
                .union(ofGroups)
                .orderBy(2, 4, 5)
                .fetchGroups(
                        row -> row.value1(),
                        row -> new Grant(Role.of(row.value2()), row.value3(), row.value4(), row.value5()));
    }

    /** Only one transaction at a time adds addresses, so that no two that look alike slip in side by side. */
    void lockAddresses() {
        sql.execute("select pg_advisory_xact_lock(hashtext('access.user_account'))");
    }

    /** Whose keeper is counted does not change until the transaction ends. */
    void lockKeepers(@Nullable PartnerId organization) {
        sql.execute(
                "select pg_advisory_xact_lock(hashtext('access.keepers'), {0})",
                DSL.val(organization == null ? 0 : organization.value()));
    }

    /** How many others than this one hold the role and can sign in. */
    int others(int user, @Nullable PartnerId organization, Role role) {
        return sql.fetchCount(select(ROLE_GRANT.USER_ID)
                .from(ROLE_GRANT)
                .where(ROLE_GRANT.ORGANIZATION.eq(organization == null ? 0 : organization.value()))
                .and(ROLE_GRANT.ROLE.eq(role.code()))
                .and(ROLE_GRANT.USER_ID.ne(user))
                .andNotExists(selectOne().from(CLOSURE).where(CLOSURE.USER_ID.eq(ROLE_GRANT.USER_ID))));
    }

    boolean holds(int user, Role role) {
        return sql.fetchExists(ROLE_GRANT, ROLE_GRANT.USER_ID.eq(user).and(ROLE_GRANT.ROLE.eq(role.code())));
    }

    /** Which of the addresses are somebody's, open or closed. */
    List<String> taken(Collection<String> emails) {
        return sql.fetch("select * from access.taken({0})", DSL.val(emails.toArray(String[]::new)))
                .getValues(0, String.class);
    }

    /** Which of the skeletons are those of somebody's address. */
    Map<String, List<String>> lookalikes(Collection<String> skeletons) {
        return sql.fetch("select * from access.lookalikes({0})", DSL.val(skeletons.toArray(String[]::new)))
                .intoGroups(USER_ACCOUNT.SKELETON, USER_ACCOUNT.EMAIL);
    }

    /** Empty when the address is taken. */
    Optional<Integer> insert(
            @Nullable PartnerId organization,
            EmailAddress email,
            String name,
            @Nullable String language,
            String by,
            Instant now) {
        return sql.insertInto(USER_ACCOUNT)
                .set(USER_ACCOUNT.EMAIL, email.value())
                .set(USER_ACCOUNT.SKELETON, email.skeleton())
                .set(USER_ACCOUNT.NAME, name)
                .set(USER_ACCOUNT.LANGUAGE, language)
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
                .setNull(PASSWORD.USED_AT)
                .onConflict(PASSWORD.USER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    /** Whoever has a password keeps it. */
    List<Integer> setFirstPasswords(Map<Integer, String> hashes, Instant now, Instant expires) {
        var users = hashes.keySet().toArray(Integer[]::new);
        var words = hashes.values().toArray(String[]::new);
        return sql.insertInto(PASSWORD, PASSWORD.USER_ID, PASSWORD.HASH, PASSWORD.SET_AT, PASSWORD.EXPIRES_AT)
                .select(select(
                                DSL.field("person", Integer.class),
                                DSL.field("hash", String.class),
                                DSL.val(now),
                                DSL.val(expires))
                        .from(DSL.table("unnest({0}, {1}) as made (person, hash)", DSL.val(users), DSL.val(words))))
                .onConflictDoNothing()
                .returningResult(PASSWORD.USER_ID)
                .fetch(PASSWORD.USER_ID);
    }

    /** Whether this is the first use; of two at the same moment, one is. */
    boolean consumeTemporary(Account account, Instant now) {
        return sql.update(PASSWORD)
                        .set(PASSWORD.USED_AT, now)
                        .where(PASSWORD.USER_ID.eq(account.id()))
                        .and(PASSWORD.HASH.eq(account.hash()))
                        .and(PASSWORD.EXPIRES_AT.gt(now))
                        .and(PASSWORD.USED_AT.isNull())
                        .execute()
                == 1;
    }

    void setLanguage(String email, String language) {
        sql.update(USER_ACCOUNT)
                .set(USER_ACCOUNT.LANGUAGE, language)
                .where(USER_ACCOUNT.EMAIL.eq(email))
                .execute();
    }

    void setProfile(UserId user, String name, @Nullable String language) {
        sql.update(USER_ACCOUNT)
                .set(USER_ACCOUNT.NAME, name)
                .set(USER_ACCOUNT.LANGUAGE, language)
                .where(USER_ACCOUNT.ID.eq(user.value()))
                .execute();
    }

    /** False when they hold it already. */
    boolean insert(int user, Grant grant, String by, Instant now) {
        return sql.insertInto(ROLE_GRANT)
                        .set(ROLE_GRANT.USER_ID, user)
                        .set(ROLE_GRANT.ROLE, grant.role().code())
                        .set(ROLE_GRANT.PARTNER_ID, grant.partner())
                        .set(ROLE_GRANT.LOCATION_ID, grant.location())
                        .set(ROLE_GRANT.PROGRAM, grant.program())
                        .set(ROLE_GRANT.GRANTED_AT, now)
                        .set(ROLE_GRANT.GRANTED_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    boolean delete(int user, Grant grant) {
        return sql.deleteFrom(ROLE_GRANT)
                        .where(ROLE_GRANT.USER_ID.eq(user))
                        .and(ROLE_GRANT.ROLE.eq(grant.role().code()))
                        .and(ROLE_GRANT.LOCATION_ID.isNotDistinctFrom(grant.location()))
                        .and(ROLE_GRANT.PROGRAM.isNotDistinctFrom(grant.program()))
                        .execute()
                == 1;
    }

    void deleteRolesAndGroups(UserId user) {
        sql.deleteFrom(ROLE_GRANT).where(ROLE_GRANT.USER_ID.eq(user.value())).execute();
        sql.deleteFrom(GROUP_MEMBER)
                .where(GROUP_MEMBER.USER_ID.eq(user.value()))
                .execute();
    }

    void close(UserId user, Closing how, String by, Instant now) {
        sql.insertInto(CLOSURE)
                .set(CLOSURE.USER_ID, user.value())
                .set(CLOSURE.KIND, how.code())
                .set(CLOSURE.CLOSED_AT, now)
                .set(CLOSURE.CLOSED_BY, by)
                .onConflict(CLOSURE.USER_ID)
                .doUpdate()
                .set(CLOSURE.KIND, excluded(CLOSURE.KIND))
                .set(CLOSURE.CLOSED_AT, excluded(CLOSURE.CLOSED_AT))
                .set(CLOSURE.CLOSED_BY, excluded(CLOSURE.CLOSED_BY))
                .execute();
    }

    /** False when the account is open. */
    boolean reopen(UserId user) {
        return sql.deleteFrom(CLOSURE)
                        .where(CLOSURE.USER_ID.eq(user.value()))
                        .and(CLOSURE.KIND.ne(Closing.REMOVED_FROM_ORGANIZATION.code()))
                        .execute()
                == 1;
    }

    /** The address can be somebody else's from now on; what the account did keeps its name. */
    void freeAddress(UserId user) {
        sql.update(USER_ACCOUNT)
                .set(USER_ACCOUNT.EMAIL, "removed-" + user + "@invalid")
                .setNull(USER_ACCOUNT.SKELETON)
                .where(USER_ACCOUNT.ID.eq(user.value()))
                .execute();
        sql.deleteFrom(PASSWORD).where(PASSWORD.USER_ID.eq(user.value())).execute();
    }
}
