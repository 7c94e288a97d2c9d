package org.espace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.espace.engine.Reason;
import org.espace.feed.Code;
import org.espace.web.Messages;
import org.espace.web.Right;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonWordsTest {

    private final Messages english = Messages.in(Locale.ENGLISH);

    @ParameterizedTest
    @EnumSource
    void everyReasonIsPutIntoWords(Reason reason) {
        assertThat(english.has("reason." + reason)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "ELIGIBLE",
                "EARNED",
                "TIER_REACHED",
                "CAP_LIMITED",
                "FLOOR_REACHED",
                "BASELINE_MOVED",
                "CEILING",
                "OTHERS_COUNT"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void whateverEarnsNothingComesWithWhatWouldChangeIt(Reason reason) {
        assertThat(english.has("reason." + reason + ".hint")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalSaysWhatToDo(Code code) {
        assertThat(english.has("refusal." + code)).isTrue();
        assertThat(english.has("refusal." + code + ".hint")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyRightSaysWhoGrantsIt(Right right) {
        assertThat(english.has("right." + right)).isTrue();
        assertThat(english.has("right." + right + ".granted-by")).isTrue();
    }
}
