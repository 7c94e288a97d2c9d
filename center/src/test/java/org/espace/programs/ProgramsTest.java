package org.espace.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espace.RoomTest;
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
