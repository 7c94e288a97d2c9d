package org.espace.federation.scim;

import static java.util.stream.Collectors.toMap;
import static org.espace.db.federation.Tables.PROVISIONED_GROUP;
import static org.espace.db.federation.Tables.PROVISIONED_USER;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.espace.access.UserId;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ProvisionedStore {

    private final DSLContext sql;

    ProvisionedStore(DSLContext sql) {
        this.sql = sql;
    }

    record ProvisionedGroup(int group, @Nullable String externalId, Instant changed) {}

    Map<Integer, Provisioned> users(PartnerId partner) {
        return users(partner, noCondition()).stream().collect(toMap(Provisioned::user, Function.identity()));
    }

    Optional<Provisioned> user(PartnerId partner, UserId id) {
        return users(partner, PROVISIONED_USER.USER_ID.eq(id.value())).stream().findFirst();
    }

    Optional<Provisioned> named(PartnerId partner, String userName) {
        return users(partner, lower(PROVISIONED_USER.USER_NAME).eq(lower(val(userName)))).stream()
                .findFirst();
    }

    List<Provisioned> withExternalId(PartnerId partner, String externalId) {
        return users(partner, PROVISIONED_USER.EXTERNAL_ID.eq(externalId));
    }

    private List<Provisioned> users(PartnerId partner, Condition which) {
        return sql.select(
                        PROVISIONED_USER.USER_ID,
                        PROVISIONED_USER.USER_NAME,
                        PROVISIONED_USER.EXTERNAL_ID,
                        PROVISIONED_USER.ATTRIBUTES.convertFrom(JSONB::data),
                        PROVISIONED_USER.CHANGED_AT)
                .from(PROVISIONED_USER)
                .where(PROVISIONED_USER.PARTNER_ID.eq(partner.value()))
                .and(which)
                .orderBy(PROVISIONED_USER.USER_ID)
                .fetch(mapping(Provisioned::new));
    }

    void put(PartnerId partner, Provisioned user) {
        sql.insertInto(PROVISIONED_USER)
                .set(PROVISIONED_USER.USER_ID, user.user())
                .set(PROVISIONED_USER.PARTNER_ID, partner.value())
                .set(PROVISIONED_USER.USER_NAME, user.userName())
                .set(PROVISIONED_USER.EXTERNAL_ID, user.externalId())
                .set(PROVISIONED_USER.ATTRIBUTES, JSONB.valueOf(user.attributes()))
                .set(PROVISIONED_USER.CHANGED_AT, user.changed())
                .onConflict(PROVISIONED_USER.USER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    void forget(UserId user) {
        sql.deleteFrom(PROVISIONED_USER)
                .where(PROVISIONED_USER.USER_ID.eq(user.value()))
                .execute();
    }

    Map<Integer, ProvisionedGroup> groups(PartnerId partner) {
        return sql
                .select(PROVISIONED_GROUP.GROUP_ID, PROVISIONED_GROUP.EXTERNAL_ID, PROVISIONED_GROUP.CHANGED_AT)
                .from(PROVISIONED_GROUP)
                .where(PROVISIONED_GROUP.PARTNER_ID.eq(partner.value()))
                .fetch(mapping(ProvisionedGroup::new))
                .stream()
                .collect(toMap(ProvisionedGroup::group, Function.identity()));
    }

    void put(PartnerId partner, ProvisionedGroup group) {
        sql.insertInto(PROVISIONED_GROUP)
                .set(PROVISIONED_GROUP.GROUP_ID, group.group())
                .set(PROVISIONED_GROUP.PARTNER_ID, partner.value())
                .set(PROVISIONED_GROUP.EXTERNAL_ID, group.externalId())
                .set(PROVISIONED_GROUP.CHANGED_AT, group.changed())
                .onConflict(PROVISIONED_GROUP.GROUP_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    void forgetGroup(int group) {
        sql.deleteFrom(PROVISIONED_GROUP)
                .where(PROVISIONED_GROUP.GROUP_ID.eq(group))
                .execute();
    }
}
