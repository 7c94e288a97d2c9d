package org.espace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.YearMonth;
import java.util.Map;
import org.espace.earnings.LineOrder;
import org.espace.earnings.Visible;
import org.espace.partners.PartnerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesQueryTest {

    private static final PartnerId PARTNER = new PartnerId(7);

    @Test
    void anAddressSaysWhatIsShown() {
        var query = new LinesQuery(PARTNER, Map.of("sort", "-amount", "month", "2026-03", "lever", "core & more"));

        assertThat(query.href())
                .isEqualTo("/partners/7/earnings/lines?month=2026-03&lever=core%20%26%20more&sort=-amount");
        assertThat(query.filter(Visible.all(PARTNER)).month()).isEqualTo(YearMonth.of(2026, 3));
        assertThat(query.order().sort()).isEqualTo(LineOrder.Sort.AMOUNT);
        assertThat(query.order().descending()).isTrue();
    }

    @Test
    void anotherChoiceBeginsAtTheFirstPage() {
        var query = new LinesQuery(PARTNER, Map.of("page", "4", "month", "2026-03"));

        assertThat(query.with("month", "").href()).isEqualTo("/partners/7/earnings/lines");
    }

    @Test
    void whatNobodyKnowsIsLeftOut() {
        assertThat(new LinesQuery(PARTNER, Map.of("colour", "blue", "month", " ")).href())
                .isEqualTo("/partners/7/earnings/lines");
    }

    @ParameterizedTest
    @CsvSource({
        "month, 2026-13",
        "location, here",
        "customer, 99999999999",
        "page, -1",
        "page, x",
        "sort, colour",
        "bucket, gold"
    })
    void whatCannotBeIsRefused(String key, String value) {
        var query = new LinesQuery(PARTNER, Map.of(key, value));
        assertThatExceptionOfType(BadQuery.class).isThrownBy(() -> {
            query.filter(Visible.all(PARTNER));
            query.order();
        });
    }
}
