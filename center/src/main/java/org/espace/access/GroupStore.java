package org.espace.access;

import static org.espace.db.access.Tables.GROUP_GRANT;
import static org.espace.db.access.Tables.GROUP_MEMBER;
import static org.espace.db.access.Tables.USER_ACCOUNT;
import static org.espace.db.access.Tables.USER_GROUP;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class GroupStore {

    private final DSLContext sql;

    GroupStore(DSLContext sql) {
        this.sql = sql;
    }

    List<UserGroup> all(PartnerId partner) {
        return groups(USER_GROUP.PARTNER_ID.eq(partner.value()));
    }

    Optional<UserGroup> find(PartnerId partner, int group) {
        return groups(USER_GROUP.PARTNER_ID.eq(partner.value()).and(USER_GROUP.ID.eq(group))).stream()
                .findFirst();
    }

    private List<UserGroup> groups(Condition condition) {
        var members = field(select(count()).from(GROUP_MEMBER).where(GROUP_MEMBER.GROUP_ID.eq(USER_GROUP.ID)));
        var found = sql.select(USER_GROUP.ID, USER_GROUP.PARTNER_ID, USER_GROUP.NAME, members)
                .from(USER_GROUP)
                .where(condition)
                .orderBy(lower(USER_GROUP.NAME), USER_GROUP.ID)
                .fetch();
        var grants = sql.selectFrom(GROUP_GRANT)
                .where(GROUP_GRANT.GROUP_ID.in(found.getValues(USER_GROUP.ID)))
                .orderBy(GROUP_GRANT.ROLE, GROUP_GRANT.LOCATION_ID, GROUP_GRANT.PROGRAM)
                .fetchGroups(
                        GROUP_GRANT.GROUP_ID,
                        row -> new Grant(
                                Role.of(row.getRole()), row.getPartnerId(), row.getLocationId(), row.getProgram()));
        return found.map(row -> new UserGroup(
                row.value1(),
                new PartnerId(row.value2()),
                row.value3(),
                grants.getOrDefault(row.value1(), List.of()),
                row.value4()));
    }

    /** Those that somebody belongs to. */
    List<UserGroup> of(PartnerId partner, UserId user) {
        return groups(USER_GROUP
                .PARTNER_ID
                .eq(partner.value())
                .and(USER_GROUP.ID.in(select(GROUP_MEMBER.GROUP_ID)
                        .from(GROUP_MEMBER)
                        .where(GROUP_MEMBER.USER_ID.eq(user.value())))));
    }

    /** Addresses, by name. */
    List<String> members(UserGroup group) {
        return sql.select(USER_ACCOUNT.EMAIL)
                .from(GROUP_MEMBER)
                .join(USER_ACCOUNT)
                .on(USER_ACCOUNT.ID.eq(GROUP_MEMBER.USER_ID))
                .where(GROUP_MEMBER.GROUP_ID.eq(group.id()))
                .orderBy(lower(USER_ACCOUNT.NAME), USER_ACCOUNT.ID)
                .fetch(USER_ACCOUNT.EMAIL);
    }

    /** Empty when the name is taken. */
    Optional<Integer> insert(PartnerId partner, String name, String by, Instant now) {
        return sql.insertInto(USER_GROUP)
                .set(USER_GROUP.PARTNER_ID, partner.value())
                .set(USER_GROUP.NAME, name)
                .set(USER_GROUP.CREATED_AT, now)
                .set(USER_GROUP.CREATED_BY, by)
                .onConflictDoNothing()
                .returningResult(USER_GROUP.ID)
                .fetchOptional()
                .map(row -> row.value1());
    }

    void delete(UserGroup group) {
        sql.deleteFrom(USER_GROUP).where(USER_GROUP.ID.eq(group.id())).execute();
    }

    boolean insert(UserGroup group, Grant grant, String by, Instant now) {
        return sql.insertInto(GROUP_GRANT)
                        .set(GROUP_GRANT.GROUP_ID, group.id())
                        .set(GROUP_GRANT.PARTNER_ID, group.partner().value())
                        .set(GROUP_GRANT.ROLE, grant.role().code())
                        .set(GROUP_GRANT.LOCATION_ID, grant.location())
                        .set(GROUP_GRANT.PROGRAM, grant.program())
                        .set(GROUP_GRANT.GRANTED_AT, now)
                        .set(GROUP_GRANT.GRANTED_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    boolean delete(UserGroup group, Grant grant) {
        return sql.deleteFrom(GROUP_GRANT)
                        .where(GROUP_GRANT.GROUP_ID.eq(group.id()))
                        .and(GROUP_GRANT.ROLE.eq(grant.role().code()))
                        .and(GROUP_GRANT.LOCATION_ID.isNotDistinctFrom(grant.location()))
                        .and(GROUP_GRANT.PROGRAM.isNotDistinctFrom(grant.program()))
                        .execute()
                == 1;
    }

    boolean insert(UserGroup group, UserId user, String by, Instant now) {
        return sql.insertInto(GROUP_MEMBER)
                        .set(GROUP_MEMBER.GROUP_ID, group.id())
                        .set(GROUP_MEMBER.USER_ID, user.value())
                        .set(GROUP_MEMBER.PARTNER_ID, group.partner().value())
                        .set(GROUP_MEMBER.ADDED_AT, now)
                        .set(GROUP_MEMBER.ADDED_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    boolean delete(UserGroup group, UserId user) {
        return sql.deleteFrom(GROUP_MEMBER)
                        .where(GROUP_MEMBER.GROUP_ID.eq(group.id()))
                        .and(GROUP_MEMBER.USER_ID.eq(user.value()))
                        .execute()
                == 1;
    }
}
