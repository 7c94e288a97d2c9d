package org.espace.access;

import static org.espace.db.access.Tables.CLOSURE;
import static org.espace.db.access.Tables.GROUP_GRANT;
import static org.espace.db.access.Tables.GROUP_MEMBER;
import static org.espace.db.access.Tables.PASSWORD;
import static org.espace.db.access.Tables.ROLE_GRANT;
import static org.espace.db.access.Tables.USER_ACCOUNT;
import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.access.User.State;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Everybody of an organization, found by name, address, role and state. */
@Repository
class Directory {

    private final DSLContext sql;
    private final Clock clock;

    Directory(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Who is looked for.
     *
     * @param text part of a name or of an address; empty for everybody
     */
    record Query(
            @Nullable PartnerId organization,
            String text,
            @Nullable Role role,
            @Nullable State state) {}

    Optional<User> find(UserId user) {
        return users(USER_ACCOUNT.ID.eq(user.value()), 0, 1).stream().findFirst();
    }

    Optional<User> find(String email) {
        return users(USER_ACCOUNT.EMAIL.eq(email), 0, 1).stream().findFirst();
    }

    /** By name. */
    List<User> find(Query query, int offset, int most) {
        return users(condition(query), offset, most);
    }

    int howMany(Query query) {
        return sql.fetchCount(sql.selectOne()
                .from(USER_ACCOUNT)
                .leftJoin(CLOSURE)
                .on(CLOSURE.USER_ID.eq(USER_ACCOUNT.ID))
                .leftJoin(PASSWORD)
                .on(PASSWORD.USER_ID.eq(USER_ACCOUNT.ID))
                .where(condition(query)));
    }

    /** How many are in each state, for all of an organization. */
    Map<State, Integer> states(@Nullable PartnerId organization) {
        var state = state();
        var states = new EnumMap<State, Integer>(State.class);
        sql.select(state, count())
                .from(USER_ACCOUNT)
                .leftJoin(CLOSURE)
                .on(CLOSURE.USER_ID.eq(USER_ACCOUNT.ID))
                .leftJoin(PASSWORD)
                .on(PASSWORD.USER_ID.eq(USER_ACCOUNT.ID))
                .where(condition(new Query(organization, "", null, null)))
                .groupBy(state)
                .forEach(row -> states.put(State.of(row.value1()), row.value2()));
        return states;
    }

    /** Those of one organization who hold one of the roles and can sign in, by name. */
    List<User> holders(@Nullable PartnerId organization, Collection<Role> roles, int most) {
        var holds = roles.stream().map(Directory::holds).reduce(DSL.falseCondition(), Condition::or);
        return users(
                USER_ACCOUNT
                        .ORGANIZATION
                        .eq(organization == null ? 0 : organization.value())
                        .and(CLOSURE.USER_ID.isNull())
                        .and(holds),
                0,
                most);
    }

    private List<User> users(Condition condition, int offset, int most) {
        var state = state();
        var found = sql.select(
                        USER_ACCOUNT.ID,
                        USER_ACCOUNT.PARTNER_ID,
                        USER_ACCOUNT.EMAIL,
                        USER_ACCOUNT.NAME,
                        USER_ACCOUNT.LANGUAGE,
                        USER_ACCOUNT.CREATED_AT,
                        state)
                .from(USER_ACCOUNT)
                .leftJoin(CLOSURE)
                .on(CLOSURE.USER_ID.eq(USER_ACCOUNT.ID))
                .leftJoin(PASSWORD)
                .on(PASSWORD.USER_ID.eq(USER_ACCOUNT.ID))
                .where(condition)
                .and(CLOSURE.KIND.isNull().or(CLOSURE.KIND.ne(inline(Closing.REMOVED_FROM_ORGANIZATION.code()))))
                .orderBy(lower(USER_ACCOUNT.NAME), USER_ACCOUNT.ID)
                .limit(offset, most)
                .fetch();
        var ids = found.getValues(USER_ACCOUNT.ID).toArray(Integer[]::new);
        var own = grants(ids);
        var ofGroups = groupGrants(ids);
        return found.map(row -> new User(
                new UserId(row.value1()),
                row.value2(),
                new EmailAddress(row.value3()),
                row.value4(),
                row.value5(),
                State.of(row.value7()),
                row.value6(),
                own.getOrDefault(row.value1(), List.of()),
                ofGroups.getOrDefault(row.value1(), List.of())));
    }

    private Map<Integer, List<Grant>> grants(Integer[] users) {
        return sql.select(
                        ROLE_GRANT.USER_ID,
                        ROLE_GRANT.ROLE,
                        ROLE_GRANT.PARTNER_ID,
                        ROLE_GRANT.LOCATION_ID,
                        ROLE_GRANT.PROGRAM)
                .from(ROLE_GRANT)
                .where(ROLE_GRANT.USER_ID.eq(DSL.any(users)))
                .orderBy(ROLE_GRANT.ROLE, ROLE_GRANT.LOCATION_ID, ROLE_GRANT.PROGRAM)
                .fetchGroups(
                        row -> row.value1(),
                        row -> new Grant(Role.of(row.value2()), row.value3(), row.value4(), row.value5()));
    }

    private Map<Integer, List<Grant>> groupGrants(Integer[] users) {
        return sql.selectDistinct(
                        GROUP_MEMBER.USER_ID,
                        GROUP_GRANT.ROLE,
                        GROUP_GRANT.PARTNER_ID,
                        GROUP_GRANT.LOCATION_ID,
                        GROUP_GRANT.PROGRAM)
                .from(GROUP_MEMBER)
                .join(GROUP_GRANT)
                .on(GROUP_GRANT.GROUP_ID.eq(GROUP_MEMBER.GROUP_ID))
                .where(GROUP_MEMBER.USER_ID.eq(DSL.any(users)))
                .orderBy(GROUP_GRANT.ROLE, GROUP_GRANT.LOCATION_ID, GROUP_GRANT.PROGRAM)
                .fetchGroups(
                        row -> row.value1(),
                        row -> new Grant(Role.of(row.value2()), row.value3(), row.value4(), row.value5()));
    }

    private Condition condition(Query query) {
        var organization =
                query.organization() == null ? 0 : query.organization().value();
        return USER_ACCOUNT
                .ORGANIZATION
                .eq(organization)
                .and(CLOSURE.KIND.isNull().or(CLOSURE.KIND.ne(inline(Closing.REMOVED_FROM_ORGANIZATION.code()))))
                .and(
                        query.text().isBlank()
                                ? noCondition()
                                : USER_ACCOUNT
                                        .NAME
                                        .containsIgnoreCase(query.text().strip())
                                        .or(USER_ACCOUNT.EMAIL.containsIgnoreCase(
                                                query.text().strip())))
                .and(query.role() == null ? noCondition() : holds(query.role()))
                .and(
                        query.state() == null
                                ? noCondition()
                                : state().eq(query.state().code()));
    }

    private static Condition holds(Role role) {
        return DSL.exists(selectOne()
                        .from(ROLE_GRANT)
                        .where(ROLE_GRANT.USER_ID.eq(USER_ACCOUNT.ID))
                        .and(ROLE_GRANT.ROLE.eq(role.code())))
                .or(DSL.exists(selectOne()
                        .from(GROUP_MEMBER)
                        .join(GROUP_GRANT)
                        .on(GROUP_GRANT.GROUP_ID.eq(GROUP_MEMBER.GROUP_ID))
                        .where(GROUP_MEMBER.USER_ID.eq(USER_ACCOUNT.ID))
                        .and(GROUP_GRANT.ROLE.eq(role.code()))));
    }

    private Field<String> state() {
        return case_().when(CLOSURE.KIND.eq(inline(Closing.DEACTIVATED.code())), inline(State.DEACTIVATED.code()))
                .when(CLOSURE.KIND.isNotNull(), inline(State.REMOVED.code()))
                .when(PASSWORD.HASH.isNull(), inline(State.WITHOUT_PASSWORD.code()))
                .when(PASSWORD.EXPIRES_AT.isNull(), inline(State.ACTIVE.code()))
                .when(
                        PASSWORD.USED_AT.isNotNull().or(PASSWORD.EXPIRES_AT.le(inline(clock.instant()))),
                        inline(State.EXPIRED.code()))
                .otherwise(inline(State.WAITING.code()));
    }
}
