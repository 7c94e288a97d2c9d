package org.espace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.val;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.earnings.Dimension;
import org.espace.earnings.Earnings;
import org.espace.earnings.EarningsFilter;
import org.espace.enrollment.Enrollment;
import org.espace.enrollment.Enrollments;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * With the guard and every check of a right taken away: whatever a query within a partner's wall says, no row of another
 * partner is read, added, changed or deleted.
 */
@RoomTest
class WallTest {

    private static final int OURS = 720001;
    private static final int THEIRS = 720002;
    private static final int ROUNDS = 100;

    /** Of these both partners have rows here; of the others the rule alone is tried. */
    private static final List<String> FILLED = List.of(
            "partners.partner",
            "partners.location",
            "access.user_account",
            "access.role_grant",
            "access.password",
            "access.user_group",
            "access.invitation",
            "access.roster",
            "access.roster_row",
            "onboarding.set_up",
            "enrollment.enrollment",
            "earnings.earning_total",
            "earnings.adjustment",
            "earnings.adjustment_decision",
            "ledger.account",
            "ledger.posting",
            "audit.entry");

    @Autowired
    DSLContext sql;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    Enrollments enrollments;

    @Autowired
    Earnings earnings;

    @Autowired
    ApplicationEventPublisher events;

    @BeforeEach
    void bothPartnersHaveSomethingOfEverything() {
        if (partners.find(new PartnerId(OURS)).isEmpty()) {
            fill(OURS);
            fill(THEIRS);
        }
    }

    private void fill(int partner) {
        var id = new PartnerId(partner);
        var location = new LocationId(partner);
        partners.register(
                List.of(new Partner(id, "WALL-" + partner, "Wall " + partner, "FR")),
                List.of(new Location(location, id, "WALL-" + partner + "-1", "Lyon", "FR", "indirect-reseller")));
        users.create(
                id,
                "wall" + partner + "@example.com",
                "Wall",
                List.of(Grant.at(id, Role.GLOBAL_ADMINISTRATOR)),
                "test");
        enrollments.register(List.of(new Enrollment(location, "northwind", LocalDate.of(1996, 7, 1), null)));
        events.publishEvent(Act.of("user.created", "test", partner, "wall"));
        for (var statement : """
                insert into access.user_group (partner_id, name, created_at, created_by) values (%1$d, 'wall', now(), 'test');
                insert into access.invitation (partner_id, email, token_hash, invited_at, invited_by, expires_at)
                    values (%1$d, 'guest%1$d@example.com', 'hash-%1$d', now(), 'test', now());
                insert into access.roster (partner_id, reference, name, made_at, made_by)
                    values (%1$d, 'wall-%1$d', 'wall', now(), 'test');
                insert into access.roster_row (roster_id, number, email, skeleton, name, roles)
                    select id, 1, 'x', 'x', 'x', array['report-viewer'] from access.roster where partner_id = %1$d;
                insert into onboarding.set_up (partner_id, listed_at, listed_by) values (%1$d, now(), 'test');
                insert into earnings.earning_total values (%1$d, 1, 1, 1, '2026-01-01', 'USD', 10, 6, 1);
                insert into earnings.adjustment (location_id, program, type, month, amount, currency, reason, cause, proposed_by, proposed_at)
                    values (%1$d, 'northwind', 'REBATE', '2026-01-01', 1, 'USD', 'POLICY_EXCEPTION', 'wall', 'one', now());
                insert into earnings.adjustment_decision select id, 'one', 'REJECTED', null, 'two', now()
                    from earnings.adjustment where location_id = %1$d;
                insert into ledger.account (path, location_id) values ('wall:expense', null) on conflict do nothing;
                insert into ledger.account (path, location_id) values ('wall:%1$d', %1$d);
                insert into ledger.posting (reference, debit, credit, amount, currency, posted_at)
                    select 'wall:%1$d', one.id, other.id, 1, 'USD', now() from ledger.account one, ledger.account other
                    where one.path = 'wall:expense' and other.path = 'wall:%1$d'
                """.formatted(partner).split(";\n", -1)) {
            sql.execute(statement);
        }
    }

    @Test
    void noRowIsSeenByTwoPartners() {
        for (var table : walled()) {
            var ours = seen(OURS, table);
            var theirs = seen(THEIRS, table);
            assertThat(ours.stream().filter(theirs::contains)).as(table).isEmpty();
            if (FILLED.contains(table)) {
                assertThat(ours).as(table).isNotEmpty();
                assertThat(theirs).as(table).isNotEmpty();
            }
        }
        assertThat(walled()).containsAll(FILLED);
    }

    @Test
    void withoutAPartnerTheRoleSeesNothing() {
        for (var table : walled()) {
            var rows = transaction.execute(_ -> {
                sql.execute("set local role espace_partner");
                return sql.fetch("select from " + table).size();
            });
            assertThat(rows).as(table).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from %s where ctid in (%s)", "update %1$s set %3$s = %3$s where ctid in (%2$s)"})
    void noRowOfAnotherIsChangedOrDeleted(String change) {
        for (var table : walled()) {
            var theirs = seen(THEIRS, table);
            if (theirs.isEmpty()) {
                continue;
            }
            var rows = String.join(
                    ", ", theirs.stream().map("'%s'::tid"::formatted).toList());
            var statement = change.formatted(table, rows, columns(table).getLast());
            assertThat(attempt(statement)).as(statement).isIn("0 rows", "refused");
            assertThat(seen(THEIRS, table)).as(table).isEqualTo(theirs);
        }
    }

    @Test
    void noRowIsAddedForAnother() {
        for (var table : walled()) {
            for (var row : seen(THEIRS, table)) {
                var columns = String.join(", ", columns(table));
                var json = sql.fetchSingle(
                                "select to_jsonb(t)::text from " + table + " t where ctid = '" + row + "'::tid")
                        .get(0, String.class);
                var statement =
                        "insert into %s (%s) overriding system value select %s from jsonb_populate_record(null::%s, '%s')"
                                .formatted(
                                        table,
                                        columns,
                                        columns,
                                        table,
                                        Objects.requireNonNull(json).replace("'", "''"));
                assertThat(attempt(statement)).as(statement).isEqualTo("refused");
            }
        }
    }

    @Test
    void doorsFindNothingOfAnother() {
        Wall.within(OURS, () -> {
            assertThat(partners.all()).extracting(Partner::id).containsExactly(new PartnerId(OURS));
            assertThat(partners.find(new PartnerId(THEIRS))).isEmpty();
            assertThat(partners.locations()).extracting(Location::partner).containsOnly(new PartnerId(OURS));
            assertThat(enrollments.all()).extracting(Enrollment::location).containsOnly(new LocationId(OURS));
            assertThat(users.find("wall" + THEIRS + "@example.com")).isEmpty();
            assertThat(earnings.totals(EarningsFilter.all(new PartnerId(THEIRS)), Dimension.MONTH))
                    .isEmpty();
            return true;
        });
    }

    @Test
    void itHoldsInsideATransactionAndOutsideOfOne() {
        var inside = Wall.within(OURS, () -> transaction.execute(_ -> whom()));
        var outside = Wall.within(OURS, this::whom);
        assertThat(inside).isEqualTo("espace_partner " + OURS);
        assertThat(outside).isEqualTo("espace_partner " + OURS);
    }

    @Test
    void aConnectionThatIsGivenBackRemembersNothing() {
        var owner = whom();
        for (var i = 0; i < 30; i++) {
            Wall.within(OURS, this::whom);
            assertThat(whom()).isEqualTo(owner);
        }
        assertThatThrownBy(() -> Wall.within(OURS, () -> transaction.execute(_ -> sql.execute("select 1 / 0"))))
                .hasMessageContaining("division by zero");
        assertThat(whom()).isEqualTo(owner);
    }

    @Test
    void itIsNotRaisedTooLate() {
        assertThatThrownBy(() -> transaction.execute(_ -> Wall.within(OURS, this::whom)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Wall.within(OURS, () -> Wall.within(THEIRS, this::whom)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(whom()).doesNotContain("espace_partner");
    }

    /** What the wall costs: printed, since it is a ratio of times, and those of a busy machine prove nothing. */
    @Test
    void itsCostIsPrinted() {
        var filter = EarningsFilter.all(new PartnerId(OURS));
        var times = new ArrayList<Double>();
        var more = new ArrayList<Double>();
        for (var round = 0; round < 5; round++) {
            var without = nanos(() -> earnings.totals(filter, Dimension.MONTH));
            var within = nanos(() -> Wall.within(OURS, () -> earnings.totals(filter, Dimension.MONTH)));
            times.add(within / without);
            more.add(nanos(() -> Wall.within(OURS, this::whom)) - nanos(this::whom));
        }
        times.sort(Double::compare);
        more.sort(Double::compare);
        System.out.printf(
                "wall: a figure within it takes %.2f times as long as without, each connection %.0f microseconds longer"
                        + " (medians of 5)%n",
                times.get(2), more.get(2) / ROUNDS / 1000);
        assertThat(times).allMatch(ratio -> ratio > 0);
    }

    private static double nanos(Runnable work) {
        var begun = System.nanoTime();
        for (var i = 0; i < ROUNDS; i++) {
            work.run();
        }
        return System.nanoTime() - begun;
    }

    private String whom() {
        return sql.fetchSingle("select current_user || ' ' || coalesce(current_setting('espace.partner', true), '')")
                .get(0, String.class);
    }

    /** Tables with a rule for the rows of one partner. */
    private List<String> walled() {
        return sql.fetch("select polrelid::regclass::text from pg_policy where polname = 'rows_of_partner' order by 1")
                .getValues(0, String.class);
    }

    private List<String> seen(int partner, String table) {
        return Wall.within(
                partner, () -> sql.fetch("select ctid::text from " + table).getValues(0, String.class));
    }

    private List<String> columns(String table) {
        return sql.fetch(
                        "select quote_ident(attname) from pg_attribute where attrelid = {0}::regclass and attnum > 0"
                                + " and not attisdropped and attgenerated = '' order by attnum",
                        val(table))
                .getValues(0, String.class);
    }

    /** In our wall, and taken back whatever happens. */
    private String attempt(String statement) {
        return Wall.within(
                OURS,
                () -> transaction.execute(status -> {
                    status.setRollbackOnly();
                    try {
                        return sql.execute(statement) + " rows";
                    } catch (RuntimeException e) {
                        assertThat(NestedExceptionUtils.getMostSpecificCause(e).getMessage())
                                .containsAnyOf("row-level security", "permission denied", "never changed");
                        return "refused";
                    }
                }));
    }
}
