package org.espace.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Optional;
import org.espace.RoomTest;
import org.espace.terms.CanonicalTerms;
import org.espace.terms.Finding;
import org.espace.terms.TermsInvalid;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class ProgramsTest {

    private static final String TEXT = """
            program: %s
            version: V1
            effective: %s
            currency: EUR
            levers: [{id: core, of: all, rate: 4%%}]
            """;

    @Autowired
    Programs programs;

    @Autowired
    DSLContext sql;

    @Test
    void theShippedTermsArePublished() {
        assertThat(programs.terms("steelwheels", "2003").terms().levers()).hasSize(1);
    }

    @Test
    void aVersionIsPublishedOnceAndNeverChanges() {
        var text = TEXT.formatted("unchanging", "2026-01-01/2027-01-01");
        programs.publish(text, "test");
        programs.publish(text, "test");
        assertThatThrownBy(() -> programs.publish(text.replace("4%", "5%"), "test"))
                .isInstanceOf(AlreadyPublished.class)
                .hasMessage("unchanging V1 is already published with another text: publish it as another version");
        assertThatThrownBy(() -> sql.execute("update programs.terms set text = '' where version = 'V1'"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("published terms are never changed");
    }

    @Test
    void theSamePromiseInOtherSpacingAndOrderIsAlreadyPublished() {
        var text = TEXT.formatted("same-promise", "2026-01-01/2027-01-01");
        programs.publish(text, "test");
        programs.publish("# A comment.\n" + text.replace("4%", "4.0%"), "test");
        var published = programs.versions("same-promise");
        assertThat(published).hasSize(1);
        assertThat(published.getFirst().text()).isEqualTo(text);
        assertThat(published.getFirst().sha256())
                .isEqualTo(CanonicalTerms.of(published.getFirst().terms()).sha256());
    }

    @Test
    void whatNobodyCanHaveMeantIsNotPublished() {
        var text = TEXT.formatted("too-much", "2026-01-01/2027-01-01").replace("4%", "400%");
        assertThatThrownBy(() -> programs.publish(text, "test"))
                .isInstanceOf(TermsFaulty.class)
                .hasMessage("line 5: core pays more than everything that is sold");
        assertThat(programs.find("too-much", "V1")).isEmpty();
    }

    @Test
    void aDraftIsCheckedBesideWhatIsPublished() {
        programs.publish(TEXT.formatted("drafted", "2026-01-01/2027-01-01"), "test");
        var draft = TEXT.formatted("drafted", "2026-06-01/2028-01-01").replace("V1", "V2");
        assertThat(programs.findings(draft, Optional.empty()))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.VERSIONS_OVERLAP);
        assertThat(programs.findings(draft.replace("2026-06", "2027-03"), Optional.empty()))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.GAP_BETWEEN_VERSIONS);
    }

    @Test
    void twoVersionsAreCompared() {
        programs.publish(TEXT.formatted("compared", "2026-01-01/2027-01-01"), "test");
        programs.publish(
                TEXT.formatted("compared", "2027-01-01/2028-01-01")
                        .replace("V1", "V2")
                        .replace("4%", "5%"),
                "test");
        assertThat(programs.differences("compared", "V1", "V2"))
                .extracting(new TermsWords(Locale.FRENCH)::of)
                .contains("leviers › core › taux\u00a0: 4% → 5%");
    }

    @Test
    void twoVersionsOfAProgramNeverHoldForTheSameDay() {
        programs.publish(TEXT.formatted("overlapping", "2026-01-01/2027-01-01"), "test");
        var second = TEXT.formatted("overlapping", "2026-12-31/2028-01-01").replace("V1", "V2");
        assertThatThrownBy(() -> programs.publish(second, "test"))
                .isInstanceOf(VersionsOverlap.class)
                .hasMessage("overlapping V2 would hold for days that V1 holds for");
    }

    @Test
    void whatIsNoTermsIsRefused() {
        assertThatThrownBy(() -> programs.publish("program: x", "test")).isInstanceOf(TermsInvalid.class);
    }
}
