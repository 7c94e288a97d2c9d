package org.espace.signin;

import static org.espace.db.signin.Tables.RULE;

import java.time.Clock;
import java.util.Map;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.signin.Rule.SecondFactorRule;
import org.espace.web.Act;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What each organization asks of its people when they sign in. */
@Service
class Rules {

    /** Where a key needs a value, the vendor is written so. */
    private static final int VENDOR = 0;

    private final DSLContext sql;
    private final Users users;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Rules(DSLContext sql, Users users, ApplicationEventPublisher events, Clock clock) {
        this.sql = sql;
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    /** @param organization null for the vendor */
    Rule of(@Nullable Integer organization) {
        return sql.select(RULE.SECOND_FACTOR, RULE.SELF_RESET)
                .from(RULE)
                .where(RULE.PARTNER_ID.eq(key(organization)))
                .fetchOptional(row -> new Rule(SecondFactorRule.of(row.value1()), row.value2()))
                .orElse(Rule.USUAL);
    }

    /** At once: whoever it asks more of than before signs in again, but for whoever changes it. */
    @Transactional
    void change(@Nullable Integer organization, Rule rule, SignedIn by) {
        var before = of(organization);
        if (before.equals(rule)) {
            return;
        }
        sql.insertInto(RULE)
                .set(RULE.PARTNER_ID, key(organization))
                .set(RULE.SECOND_FACTOR, rule.secondFactor().code())
                .set(RULE.SELF_RESET, rule.selfReset())
                .set(RULE.CHANGED_AT, clock.instant())
                .set(RULE.CHANGED_BY, by.email())
                .onConflict(RULE.PARTNER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
        events.publishEvent(Act.of("sign-in-rules.changed", by.email(), organization, "sign-in")
                .changing(words(before), words(rule)));
        users.ofOrganization(organization).stream()
                .filter(user -> rule.requiresSecondFactor(user) && !before.requiresSecondFactor(user))
                .filter(user -> !user.id().equals(by.id()))
                .forEach(user -> users.endSessions(user.email()));
    }

    private static Map<String, String> words(Rule rule) {
        return Map.of(
                "second-factor", rule.secondFactor().code(),
                "self-reset", Boolean.toString(rule.selfReset()));
    }

    private static int key(@Nullable Integer organization) {
        return organization == null ? VENDOR : organization;
    }
}
