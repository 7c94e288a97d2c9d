package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.espace.engine.Change;
import org.espace.engine.FeedReason;
import org.espace.engine.Reason;
import org.espace.engine.WhyNot;
import org.espace.money.Money;
import org.espace.terms.Lever;
import org.espace.terms.Period;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.web.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 31);

    private static final List<Change> EVERY_KIND = List.of(
            new Change.EnrollBy(1, DAY),
            new Change.Hold(new Requirement(Requirement.Kind.AGREEMENT, Set.of("network"), null), DAY),
            new Change.Hold(new Requirement(Requirement.Kind.COMPETENCY, Set.of("cloud"), "gold"), DAY),
            new Change.Have(Selection.Attribute.UNIT, Set.of("seats"), Set.of()),
            new Change.Have(Selection.Attribute.TRIAL, Set.of(), Set.of("true")),
            new Change.CustomerSince(DAY, DAY.plusDays(9)),
            new Change.CustomerSince(null, DAY),
            new Change.Happen(Lever.Trigger.PAID),
            new Change.LoadRates(DAY, Set.of(Currency.getInstance("USD"))),
            new Change.Clear(7),
            new Change.SellOn(DAY),
            new Change.SellMore(Money.of("100.00", "USD")),
            new Change.LargerAmount(Money.of("0.13", "USD")),
            new Change.SellUnits(new BigDecimal("12")),
            new Change.OtherCustomer(),
            new Change.ApprovePlan(1, new Period(DAY, DAY.plusDays(1)), Money.of("0.01", "USD")),
            new Change.ApprovePlan(1, new Period(DAY, DAY.plusDays(30)), Money.of("90.01", "USD")));

    @Test
    void everyChangeIsPutIntoWordsInBothLanguages() {
        assertThat(EVERY_KIND.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
        for (var change : EVERY_KIND) {
            for (var locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                assertThat(Advice.of(change, _ -> "Programme", _ -> "IVDPOE").in(locale))
                        .as("%s", change)
                        .isNotBlank()
                        .doesNotContain("{", "}");
            }
        }
    }

    @Test
    void changesReadAsSentences() {
        assertThat(EVERY_KIND.stream()
                        .map(change -> Advice.of(change, _ -> "Programme", _ -> "IVDPOE")
                                .in(Locale.ENGLISH)
                                .replace('\u00a0', ' ')))
                .contains(
                        "The location joins Programme, by 31 Mar 2026 at the latest",
                        "The location holds cloud (Competency), gold or higher, by 31 Mar 2026 at the latest",
                        "Trial: anything but yes",
                        "The customer pays for it",
                        "12 more units in the same sale");
    }

    @Test
    void whatFailedSaysWhatWasThereAndWhatWasNeeded() {
        var failed =
                new WhyNot.Failed("NO_LEVER", false, "product-family", Set.of("suite", "cloud"), "pstn", null, null);
        assertThat(Advice.of(failed, _ -> "").in(Locale.ENGLISH))
                .isEqualTo("Product family: pstn; needed: cloud, suite");
        assertThat(Advice.of(failed, _ -> "").in(Locale.FRENCH))
                .isEqualTo("Famille de produits\u00a0: pstn\u202f; il faudrait\u00a0: cloud, suite");
    }

    @Test
    void whatFailedSaysSinceWhen() {
        var failed = new WhyNot.Failed("NOT_ENROLLED_THEN", false, "enrollment", Set.of("csp"), null, DAY, null);
        assertThat(Advice.besides(failed).stream().map(one -> one.in(Locale.FRENCH)))
                .containsExactly("depuis le 31\u00a0mars\u00a02026");
        assertThat(Advice.besides(failed).stream().map(one -> one.in(Locale.ENGLISH)))
                .containsExactly("since 31\u00a0Mar\u00a02026");
    }

    @ParameterizedTest
    @EnumSource
    void theFeedsOwnCodesHaveWordsAndAHint(FeedReason code) {
        for (var locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            assertThat(Messages.in(locale).has("reason." + code)).isTrue();
            assertThat(Messages.in(locale).has("reason." + code + ".hint")).isTrue();
        }
    }

    /** The published codes of ineligibility, and which of them a partner can do something about. */
    @Test
    void everyPublishedCodeSaysWhetherThePartnerCanAct() {
        var published = List.of(
                "CUSPUBSEC",
                "CUSNOTNEW",
                "IVDADV",
                "IVDCOMP",
                "IVDCOSELL",
                "IVDMPA",
                "IVDMPN",
                "IVDGEO",
                "IVDCUST",
                "CUSEQPTR",
                "CHREVNONCH",
                "IVDPTRROLE",
                "IVDPOE",
                "INVTNXACO",
                "PAULWPHWM",
                "MAULWPHWM",
                "IVDCLD",
                "MINTHNTMT",
                "MXTMCPMT");
        assertThat(published)
                .allMatch(code -> FeedReason.find(code).isPresent()
                        || Arrays.stream(Reason.values())
                                .anyMatch(reason -> reason.name().equals(code)));
        assertThat(published.stream().filter(FeedReason::partnerCanActOn))
                .contains("IVDADV", "IVDCOMP", "IVDCOSELL", "IVDMPA", "IVDPOE", "CUSPUBSEC")
                .doesNotContain("IVDGEO", "CUSEQPTR", "CHREVNONCH", "IVDMPN", "IVDCLD");
    }
}
