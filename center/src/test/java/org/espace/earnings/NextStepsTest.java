package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class NextStepsTest {

    @Autowired
    Earnings earnings;

    @Autowired
    Sales sales;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @TempDir
    Path folder;

    @Test
    void aSaleBelowATierSaysWhatWouldHaveEarned() throws IOException {
        publish("why-tier", """
                - id: volume
                  of: all
                  per: partner
                  period: quarter
                  tiers: {kind: retroactive, steps: [{from: 1000 USD, rate: 2%}]}
                """);
        Vendor.of("WYT", folder, sales).enrolled("why-tier", "2026-01-01").sold("sales.csv", """
                1,1,2026-02-03,A,SUITE,700.00,USD,
                2,1,2026-02-04,A,CLOUD,200.00,USD,
                """);
        earnings.refresh("test", Progress.SILENT);
        var zero =
                earnings.whyNot(partner("WYT"), line("WYT", "BELOW_FIRST_TIER")).getFirst();
        assertThat(zero.conditions()).extracting(Zero.Condition::code).containsExactly("BELOW_FIRST_TIER");
        assertThat(zero.partnerCanAct()).isTrue();
        assertThat(told(zero.changes(), Locale.ENGLISH)).containsExactly("USD\u00a0100.00 more in the same sale");
        assertThat(told(zero.changes(), Locale.FRENCH)).containsExactly("100,00\u00a0USD de plus dans la même vente");
        var next = earnings.whatNext(partner("WYT"), LocalDate.of(2026, 2, 20));
        assertThat(next)
                .as("one for each location")
                .hasSize(2)
                .allMatch(step -> step.lever().id().equals("volume"));
        assertThat(next)
                .anySatisfy(step -> assertThat(told(step.advice(), Locale.ENGLISH))
                        .containsExactly(
                                "USD\u00a0100.00 more reach the next tier, and pay USD\u00a020.00 at once",
                                "The next USD\u00a0100.00 of revenue earn USD\u00a020.00",
                                "Counts until 31\u00a0Mar\u00a02026"));
    }

    @Test
    void aCeilingThatIsUsedUpIsTheReasonAndShowsItsBalance() throws IOException {
        publish("why-ceiling", """
                - {id: core, of: all, rate: 10%}
                ceilings: [{id: most, name: {en: Both, fr: Les deux}, per: partner, period: quarter, amount: 50 USD}]
                """);
        Vendor.of("WYC", folder, sales).enrolled("why-ceiling", "2026-01-01").sold("sales.csv", """
                1,1,2026-02-03,A,SUITE,700.00,USD,
                2,1,2026-02-04,A,CLOUD,200.00,USD,
                """);
        earnings.refresh("test", Progress.SILENT);
        var last = earnings.lines(EarningsFilter.all(partner("WYC")), LineOrder.newestFirst())
                .lines()
                .getFirst();
        var zero = earnings.whyNot(partner("WYC"), last.id()).getFirst();
        assertThat(zero.conditions()).extracting(Zero.Condition::code).containsExactly("CEILING");
        assertThat(told(zero.conditions().getFirst().more(), Locale.ENGLISH))
                .containsExactly(
                        "USD\u00a00.00 of USD\u00a050.00 left, from 1\u00a0Jan\u00a02026 to 31\u00a0Mar\u00a02026");
        assertThat(told(zero.changes(), Locale.ENGLISH)).containsExactly("The same sale on 1\u00a0Apr\u00a02026");
        var next = earnings.whatNext(partner("WYC"), LocalDate.of(2026, 2, 20));
        assertThat(next)
                .anySatisfy(
                        step -> assertThat(told(step.advice(), Locale.FRENCH))
                                .contains(
                                        "Le plafond «\u00a0Les deux\u00a0» de 50,00\u00a0USD est épuisé jusqu’au 31\u00a0mars\u00a02026"));
    }

    @Test
    void aSaleBeforeTheEnrollmentSaysByWhenToJoin() throws IOException {
        publish("why-join", "- {id: core, of: {product-family: suite}, rate: 4%}");
        Vendor.of("WYJ", folder, sales).enrolled("why-join", "2026-02-01").sold("sales.csv", """
                1,1,2026-01-20,A,CLOUD,700.00,USD,
                """);
        earnings.refresh("test", Progress.SILENT);
        var zero = earnings.whyNot(partner("WYJ"), line("WYJ", "NOT_ENROLLED_THEN"))
                .getFirst();
        assertThat(told(zero.changes(), Locale.ENGLISH))
                .containsExactly(
                        "The location joins why-join, by 20\u00a0Jan\u00a02026 at the latest", "Product family: suite");
        assertThat(zero.partnerCanAct()).isFalse();
    }

    @Test
    void whatTheVendorHasDecidedOnlyTheVendorLifts() throws IOException {
        publish("why-open", "- {id: core, of: all, rate: 4%}");
        Vendor.of("WYO", folder, sales).enrolled("why-open", "2026-01-01").sold("sales.csv", """
                1,1,2026-01-20,A,CLOUD,700.00,USD,cancelled
                """);
        earnings.refresh("test", Progress.SILENT);
        var line = earnings.lines(EarningsFilter.all(partner("WYO")), LineOrder.newestFirst())
                .lines()
                .getFirst();
        var zero = earnings.whyNot(partner("WYO"), line.id()).getFirst();
        assertThat(zero.conditions()).extracting(Zero.Condition::code).containsExactly(line.reason());
        assertThat(told(zero.changes(), Locale.ENGLISH))
                .containsExactly("The vendor lifts its decision (" + line.reason() + ")");
        assertThatThrownBy(() -> earnings.whyNot(partner("WYO"), "1-2-3-4")).isInstanceOf(LineNotFound.class);
    }

    private static List<String> told(List<Advice> advice, Locale locale) {
        return advice.stream().map(one -> one.in(locale)).toList();
    }

    private String line(String prefix, String reason) {
        return earnings.lines(EarningsFilter.all(partner(prefix)), LineOrder.newestFirst()).lines().stream()
                .filter(line -> line.reason().equals(reason))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private PartnerId partner(String prefix) {
        return partners.all().stream()
                .filter(partner -> partner.number().equals(prefix + "-P"))
                .map(Partner::id)
                .findFirst()
                .orElseThrow();
    }

    private void publish(String program, String levers) {
        programs.publish("""
                program: %s
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                levers:
                %s
                """.formatted(program, levers), "test");
    }
}
