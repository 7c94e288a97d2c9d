package org.espace.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espace.RoomTest;
import org.espace.partners.LocationId;
import org.espace.programs.Programs;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * 20,000 partners × 12 programs × 8 conditions, from scratch and after a day on which something was learned of 200
 * locations, beside a plain count of the rows that were read and kept. Takes minutes, so it runs when it is asked for:
 * {@code -Despace.numbers=true}.
 */
@RoomTest
class EligibilityNumbersTest {

    private static final int PARTNERS = 20_000;
    private static final int PROGRAMS = 12;
    private static final int FIRST = 5_000_000;
    private static final List<String> READ = List.of(
            "partners.location",
            "sales.day_sum",
            "sales.exchange_rate",
            "eligibility.holding",
            "eligibility.measure",
            "agreements.signature",
            "eligibility.answer",
            "eligibility.verdict");

    @Autowired
    Eligibilities eligibilities;

    @Autowired
    Evaluation evaluation;

    @Autowired
    EligibilityStore store;

    @Autowired
    Programs programs;

    @Autowired
    DSLContext sql;

    @Autowired
    Clock clock;

    @Test
    void twentyThousandPartnersAreLookedAtInSeconds() {
        assumeTrue(Boolean.getBoolean("espace.numbers"), "takes minutes: run with -Despace.numbers=true");
        var today = LocalDate.now(clock);
        var different = publish(today);
        fill(today);

        var scratch = timed(() -> eligibilities.evaluate(today));
        var answers = count("eligibility.answer");
        var nothingNew = timed(() -> eligibilities.evaluate(today));
        learnOf200(today);
        var oneDay = timed(() -> eligibilities.evaluateTouched(today));
        var counted = timed(() -> READ.forEach(this::count));

        say("rows read and kept: "
                + READ.stream().map(table -> table + " " + count(table)).collect(Collectors.joining(", ")));
        say("%,d partners × %d programs × 8 conditions, %d of them different; %,d answers kept"
                .formatted(PARTNERS, PROGRAMS, different, answers));
        say("from scratch", scratch, counted);
        say("again, nothing new", nothingNew, counted);
        say("200 locations touched", oneDay, counted);
        say("plain count of the same tables", counted, counted);
        assertThat(oneDay).isLessThan(scratch);
    }

    /** Each program asks 8 conditions; half of them are asked by several. */
    private int publish(LocalDate today) {
        var all = new ArrayList<String>();
        for (var i = 0; i < PROGRAMS; i++) {
            var conditions = List.of(
                    "{agreement: network-membership}",
                    "{competency: {any-of: [cloud, data-%d], level: silver}}".formatted(i),
                    "{first-sale: true}",
                    "{actively-reselling: {days: %d}}".formatted(60 + 30 * (i % 3)),
                    "{trailing-revenue: {days: 365, at-least: %d USD, of: location, once-met: stays}}"
                            .formatted(10_000 * (1 + i % 4)),
                    "{trailing-revenue: {days: 365, at-least: %d USD, of: partner}}".formatted(50_000 * (1 + i % 4)),
                    "{measure: {code: productivity, at-least: %d}}".formatted(100 * (1 + i)),
                    "{any-of: [{designation: azure}, {points: {area: azure, at-least: 25}}]}");
            all.addAll(conditions);
            programs.publish(
                    """
                    program: numbers-%d
                    version: V1
                    effective: %s/%s
                    currency: USD
                    requires: [%s]
                    levers: [{id: core, of: all, rate: 4%%}]
                    """.formatted(i, today.minusYears(2), today.plusYears(1), String.join(", ", conditions)), "test");
        }
        return (int) all.stream().distinct().count();
    }

    /** A million sums of days: 50 days of sales of each, a fifth of them in euros. */
    private void fill(LocalDate today) {
        sql.execute("""
                insert into partners.partner (id, number, name, country)
                select ? + i, 'NUM-' || i, 'Numbers ' || i, 'FR' from generate_series(1, ?) i""", FIRST, PARTNERS);
        sql.execute("""
                insert into partners.location (id, partner_id, number, name, country, type)
                select id, id, number || '-1', name, country, 'indirect-reseller' from partners.partner where id > ?""", FIRST);
        sql.execute("""
                insert into sales.load (id, file_name, file_sha256, beside_sha256, mapping, reading, loaded_at, loaded_by,
                    received, accepted, duplicates, corrections, refused)
                values (?, 'numbers', repeat('0', 64), '', 'numbers', 'numbers', now(), 'test', 0, 0, 0, 0, 0)""", FIRST);
        sql.execute("""
                insert into sales.day_sum (load_id, location_id, day, currency, amount)
                select ?, ? + i, ?::date - 14 * d, case when d % 5 = 0 then 'EUR' else 'USD' end, (i * 7 + d * 131) % 2000 + 0.25
                from generate_series(1, ?) i, generate_series(1, 50) d""", FIRST, FIRST, today, PARTNERS);
        sql.execute(
                "insert into sales.rate_set (id, source, day, sha256, loaded_at)"
                        + " select ? + d, 'numbers', ?::date - d, repeat('0', 64), now() from generate_series(0, 720) d",
                FIRST,
                today);
        sql.execute(
                "insert into sales.exchange_rate (rate_set_id, currency, rate)"
                        + " select ? + d, 'USD', 1.1 from generate_series(0, 720) d",
                FIRST);
        sql.execute("""
                insert into eligibility.holding (location_id, kind, code, level, since, learned_at)
                select ? + i, 'competency', case when i % 3 = 0 then 'cloud' else 'data-' || i % 12 end, 'silver',
                    ?::date - i % 300, now() from generate_series(1, ?) i""", FIRST, today, PARTNERS);
        sql.execute("""
                insert into eligibility.measure (location_id, code, day, value, learned_at, learned_by)
                select ? + i, 'productivity', ?::date - 30 * m, (i * 13 + m * 101) % 1500, now(), 'test'
                from generate_series(1, ?) i, generate_series(1, 3) m""", FIRST, today, PARTNERS);
        sql.execute("""
                insert into agreements.text (kind, version, effective, english, french, sha256, published_at, published_by)
                values ('network-membership', 'NUM', '2020-01-01', 'x', 'x', repeat('0', 64), now(), 'test')""");
        sql.execute("""
                insert into agreements.signature (partner_id, kind, version, signatory, title, signed_on, since, signed_at, signed_by)
                select ? + i, 'network-membership', 'NUM', 'Ada', 'Director', ?, ?, now(), 'test'
                from generate_series(1, ?) i where i % 10 <> 0""", FIRST, today, today, PARTNERS);
        sql.execute("analyze");
    }

    private void learnOf200(LocalDate today) {
        sql.execute(
                "update sales.day_sum set amount = amount + 40000 where load_id = ? and location_id <= ? + 200 and day = ?",
                FIRST,
                FIRST,
                today.minusDays(14));
        store.touch(IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new LocationId(FIRST + i))
                .toList());
        assertThat(evaluation.isWanting()).isTrue();
    }

    private int count(String table) {
        return sql.fetchSingle("select count(*) from " + table).get(0, int.class);
    }

    private static Duration timed(Runnable work) {
        var began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void say(String what, Duration time, Duration counted) {
        say(String.format(
                Locale.ROOT,
                "%s: %.2f s, %.1f times the count",
                what,
                time.toNanos() / 1e9,
                (double) time.toNanos() / counted.toNanos()));
    }

    @SuppressWarnings("SystemOut") // whoever asks for the figures reads them here
    private static void say(String line) {
        System.out.println("eligibility numbers: " + line);
    }
}
