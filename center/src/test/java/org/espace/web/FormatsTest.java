package org.espace.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.GroupingStrategy;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.DecimalFormatSymbols;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In these tables a tilde stands for a no-break space and an underscore for a narrow one. */
class FormatsTest {

    private final Formats english = Formats.in(Locale.ENGLISH);
    private final Formats french = Formats.in(Locale.FRENCH);

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                   amount | currency |      English |       French
               1234567.80 |      EUR | 1,234,567.80 | 1_234_567,80
                 -1234.50 |      USD |    −1,234.50 |    −1_234,50
                     1234 |      JPY |        1,234 |        1_234
                    1.234 |      KWD |        1.234 |        1,234
                     0.00 |      EUR |         0.00 |         0,00
            """)
    void anAmountHasItsCurrencysDecimalsAndItsLanguagesSeparators(
            String amount, String currency, String inEnglish, String inFrench) {
        var money = Money.of(amount, currency);
        assertThat(visible(english.amount(money))).isEqualTo(inEnglish);
        assertThat(visible(french.amount(money))).isEqualTo(inFrench);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                      day |     English |        French
               2026-11-22 | 22~Nov~2026 | 22~nov.~2026
               2026-09-01 |  1~Sep~2026 | 1er~sept.~2026
               2026-05-31 | 31~May~2026 |  31~mai~2026
            """)
    void aDateIsWrittenWithItsShortMonth(LocalDate day, String inEnglish, String inFrench) {
        assertThat(visible(english.date(day))).isEqualTo(inEnglish);
        assertThat(visible(french.date(day))).isEqualTo(inFrench);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                time |   English |    French
              PT0.8S |     0.8~s |     0,8~s
             PT59.9S |    59.9~s |    59,9~s
              PT125S | 2~min~5~s | 2~min~5~s
            PT3H4M5S | 3~h~4~min | 3~h~4~min
            """)
    void aDurationIsToldInItsTwoLargestUnits(Duration time, String inEnglish, String inFrench) {
        assertThat(visible(english.duration(time))).isEqualTo(inEnglish);
        assertThat(visible(french.duration(time))).isEqualTo(inFrench);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                   amount | English | French
                  1234567 |   1.23M | 1,23_M
                   -45600 |  −45.6k | −45,6_k
                      950 |     950 |    950
            """)
    void anAxisIsLabelledRoughly(BigDecimal amount, String inEnglish, String inFrench) {
        assertThat(visible(english.rough(amount))).isEqualTo(inEnglish);
        assertThat(visible(french.rough(amount))).isEqualTo(inFrench);
    }

    @ParameterizedTest
    @CsvSource({"en, JPY, 0", "en, EUR, 2", "en, KWD, 3", "fr, JPY, 0", "fr, EUR, 2", "fr, KWD, 3"})
    void anyFigureIsGroupedAsIcuGroupsIt(String language, String currency, int digits) {
        var region = language.equals("fr") ? Locale.FRANCE : Locale.UK;
        var symbols = new DecimalFormatSymbols(region);
        symbols.setMinusSign('−');
        var icu = NumberFormatter.withLocale(region)
                .symbols(symbols)
                .grouping(GroupingStrategy.ON_ALIGNED)
                .precision(Precision.fixedFraction(digits));
        var random = new Random(digits);
        for (var i = 0; i < 3_000; i++) {
            var size = BigDecimal.valueOf(random.nextLong(), random.nextInt(20));
            var amount = size.setScale(digits, RoundingMode.HALF_UP);
            assertThat(Formats.in(region).amount(size, currency))
                    .isEqualTo(icu.format(amount).toString());
        }
    }

    @Test
    void runningTextNamesTheCurrency() {
        assertThat(visible(english.money(Money.of("12.5", "EUR")))).isEqualTo("EUR~12.50");
        assertThat(visible(french.money(Money.of("12.5", "EUR")))).isEqualTo("12,50~EUR");
    }

    @Test
    void aDifferenceSaysWhetherItIsMore() {
        assertThat(english.difference(Money.of("5", "EUR"))).isEqualTo("+5.00");
        assertThat(english.difference(Money.of("-5", "EUR"))).isEqualTo("−5.00");
        assertThat(english.difference(Money.of("0", "EUR"))).isEqualTo("0.00");
    }

    @Test
    void ratesMonthsTimesAndCountriesFollowTheLanguage() {
        assertThat(english.percent(Rate.percent("3.75"))).isEqualTo("3.75%");
        assertThat(visible(french.percent(Rate.percent("3.75")))).isEqualTo("3,75~%");
        assertThat(visible(french.month(YearMonth.of(2026, 2)))).isEqualTo("févr.~2026");
        assertThat(visible(english.time(Instant.parse("2026-11-22T04:05:00Z"), ZoneOffset.UTC)))
                .isEqualTo("22~Nov~2026, 04:05 UTC");
        assertThat(french.country("DE")).isEqualTo("Allemagne");
    }

    private static String visible(String text) {
        return text.replace('\u00a0', '~').replace('\u202f', '_');
    }
}
