package org.espace.access;

import static org.espace.db.access.Tables.CLOSURE;
import static org.espace.db.access.Tables.GROUP_MEMBER;
import static org.espace.db.access.Tables.PASSWORD;
import static org.espace.db.access.Tables.ROLE_GRANT;
import static org.espace.db.access.Tables.USER_ACCOUNT;
import static org.espace.db.access.Tables.USER_GROUP;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.Provisioning.Group;
import org.espace.access.Provisioning.Member;
import org.espace.access.Provisioning.Person;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class ProvisioningStore {

    private static final int LOCK = 8_110_043;

    private final DSLContext sql;

    ProvisioningStore(DSLContext sql) {
        this.sql = sql;
    }

    void lock(PartnerId partner) {
        sql.execute("select pg_advisory_xact_lock({0}, {1})", val(LOCK), val(partner.value()));
    }

    List<Person> people(PartnerId partner) {
        return people(USER_ACCOUNT.PARTNER_ID.eq(partner.value()));
    }

    Optional<Person> person(PartnerId partner, UserId id) {
        return people(USER_ACCOUNT.PARTNER_ID.eq(partner.value()).and(USER_ACCOUNT.ID.eq(id.value()))).stream()
                .findFirst();
    }

    Optional<Person> person(PartnerId partner, String email) {
        return people(USER_ACCOUNT.PARTNER_ID.eq(partner.value()).and(USER_ACCOUNT.EMAIL.eq(email))).stream()
                .findFirst();
    }

    List<Member> members(Collection<String> emails) {
        return members(USER_ACCOUNT.EMAIL.eq(any(emails.toArray(String[]::new))));
    }

    List<Member> membersOf(Collection<UserId> users) {
        return members(USER_ACCOUNT.ID.eq(any(users.stream().map(UserId::value).toArray(Integer[]::new))));
    }

    private List<Person> people(Condition which) {
        return members(which).stream().map(Member::person).toList();
    }

    private List<Member> members(Condition which) {
        return sql.select(
                        USER_ACCOUNT.PARTNER_ID.convertFrom(PartnerId::new),
                        row(
                                        USER_ACCOUNT.ID.convertFrom(UserId::new),
                                        USER_ACCOUNT.EMAIL,
                                        USER_ACCOUNT.NAME,
                                        USER_ACCOUNT.LANGUAGE,
                                        field(CLOSURE.KIND.isNull()),
                                        USER_ACCOUNT.CREATED_AT)
                                .mapping(Person::new))
                .from(USER_ACCOUNT)
                .leftJoin(CLOSURE)
                .on(CLOSURE.USER_ID.eq(USER_ACCOUNT.ID))
                .where(which)
                .and(USER_ACCOUNT.PARTNER_ID.isNotNull())
                .and(CLOSURE.KIND.isDistinctFrom("removed-from-organization"))
                .orderBy(USER_ACCOUNT.ID)
                .fetch(mapping(Member::new));
    }

    Set<UserId> globalAdministrators(PartnerId partner) {
        return sql.select(ROLE_GRANT.USER_ID)
                .from(ROLE_GRANT)
                .where(ROLE_GRANT.PARTNER_ID.eq(partner.value()))
                .and(ROLE_GRANT.ROLE.eq(Role.GLOBAL_ADMINISTRATOR.code()))
                .fetchSet(row -> new UserId(row.value1()));
    }

    boolean isDomainOfOthers(PartnerId partner, String domain) {
        return sql.fetchSingle("select access.is_domain_of_others({0}, {1})", val(domain), val(partner.value()))
                .get(0, boolean.class);
    }

    /** False when the address is somebody else's. */
    boolean update(Person person) {
        var other = USER_ACCOUNT.as("other");
        return sql.update(USER_ACCOUNT)
                        .set(USER_ACCOUNT.EMAIL, person.email())
                        .set(USER_ACCOUNT.SKELETON, new EmailAddress(person.email()).skeleton())
                        .set(USER_ACCOUNT.NAME, person.name())
                        .set(USER_ACCOUNT.LANGUAGE, person.language())
                        .where(USER_ACCOUNT.ID.eq(person.id().value()))
                        .and(notExists(selectOne()
                                .from(other)
                                .where(other.EMAIL.eq(person.email()))
                                .and(other.ID.ne(person.id().value()))))
                        .execute()
                == 1;
    }

    void close(UserId id, String kind, Instant now, String by) {
        sql.insertInto(CLOSURE)
                .set(CLOSURE.USER_ID, id.value())
                .set(CLOSURE.KIND, kind)
                .set(CLOSURE.CLOSED_AT, now)
                .set(CLOSURE.CLOSED_BY, by)
                .onConflict(CLOSURE.USER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    void reopen(UserId id) {
        sql.deleteFrom(CLOSURE).where(CLOSURE.USER_ID.eq(id.value())).execute();
    }

    /** The name stays, for the book of what they did. */
    void strip(UserId id) {
        sql.deleteFrom(ROLE_GRANT).where(ROLE_GRANT.USER_ID.eq(id.value())).execute();
        sql.deleteFrom(GROUP_MEMBER).where(GROUP_MEMBER.USER_ID.eq(id.value())).execute();
        sql.deleteFrom(PASSWORD).where(PASSWORD.USER_ID.eq(id.value())).execute();
        sql.update(USER_ACCOUNT)
                .set(USER_ACCOUNT.EMAIL, "removed-" + id + "@invalid")
                .setNull(USER_ACCOUNT.SKELETON)
                .where(USER_ACCOUNT.ID.eq(id.value()))
                .execute();
    }

    List<Group> groups(PartnerId partner) {
        return groups(USER_GROUP.PARTNER_ID.eq(partner.value()));
    }

    Optional<Group> group(PartnerId partner, int id) {
        return groups(USER_GROUP.PARTNER_ID.eq(partner.value()).and(USER_GROUP.ID.eq(id))).stream()
                .findFirst();
    }

    private List<Group> groups(Condition which) {
        return sql.select(
                        USER_GROUP.ID,
                        USER_GROUP.NAME,
                        multiset(sql.select(GROUP_MEMBER.USER_ID)
                                        .from(GROUP_MEMBER)
                                        .where(GROUP_MEMBER.GROUP_ID.eq(USER_GROUP.ID)))
                                .convertFrom(rows -> rows.intoSet(row -> new UserId(row.value1()))),
                        USER_GROUP.CREATED_AT)
                .from(USER_GROUP)
                .where(which)
                .orderBy(USER_GROUP.ID)
                .fetch(mapping(Group::new));
    }

    /** Empty when the name is taken. */
    Optional<Integer> insertGroup(PartnerId partner, String name, String by, Instant now) {
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

    /** False when the name is taken. */
    boolean renameGroup(int id, String name) {
        var other = USER_GROUP.as("other");
        return sql.update(USER_GROUP)
                        .set(USER_GROUP.NAME, name)
                        .where(USER_GROUP.ID.eq(id))
                        .and(notExists(selectOne()
                                .from(other)
                                .where(other.PARTNER_ID.eq(USER_GROUP.PARTNER_ID))
                                .and(lower(other.NAME).eq(lower(name)))
                                .and(other.ID.ne(id))))
                        .execute()
                == 1;
    }

    void deleteGroup(int id) {
        sql.deleteFrom(USER_GROUP).where(USER_GROUP.ID.eq(id)).execute();
    }

    void addMembers(PartnerId partner, int group, Collection<UserId> people, String by, Instant now) {
        sql.insertInto(
                        GROUP_MEMBER,
                        GROUP_MEMBER.GROUP_ID,
                        GROUP_MEMBER.USER_ID,
                        GROUP_MEMBER.PARTNER_ID,
                        GROUP_MEMBER.ADDED_AT,
                        GROUP_MEMBER.ADDED_BY)
                .valuesOfRows(people.stream()
                        .map(one -> row(group, one.value(), partner.value(), now, by))
                        .toList())
                .onConflictDoNothing()
                .execute();
    }

    void removeMembers(int group, Collection<UserId> people) {
        sql.deleteFrom(GROUP_MEMBER)
                .where(GROUP_MEMBER.GROUP_ID.eq(group))
                .and(GROUP_MEMBER.USER_ID.in(values(people)))
                .execute();
    }

    /** Of those who are users of the partner and have not been removed from it. */
    Map<UserId, String> emails(PartnerId partner, Collection<UserId> people) {
        return sql.select(USER_ACCOUNT.ID, USER_ACCOUNT.EMAIL)
                .from(USER_ACCOUNT)
                .leftJoin(CLOSURE)
                .on(CLOSURE.USER_ID.eq(USER_ACCOUNT.ID))
                .where(USER_ACCOUNT.PARTNER_ID.eq(partner.value()))
                .and(CLOSURE.KIND.isDistinctFrom("removed-from-organization"))
                .and(USER_ACCOUNT.ID.in(values(people)))
                .fetchMap(row -> new UserId(row.value1()), row -> row.value2());
    }

    private static Set<Integer> values(Collection<UserId> people) {
        var values = new HashSet<Integer>();
        people.forEach(one -> values.add(one.value()));
        return values;
    }
}
