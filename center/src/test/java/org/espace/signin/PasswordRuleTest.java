package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.signin.PasswordRule.Weakness;
import org.espace.web.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordRuleTest {

    private static final Path NOWHERE = Path.of("target/no-such-folder");

    private final PasswordRule rule = new PasswordRule(
            new BreachedPasswords(new Instance(NOWHERE, NOWHERE, "http://localhost", "Espace", false)));
    private final SignedIn camille =
            new SignedIn(new UserId(1), "camille.moreau@contoso.example", "Camille Moreau", null, 7, null, List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                        password | because
                      tidal-94-x | SHORT
                    password1234 | BREACHED
                  qwertyuiop1234 | BREACHED
                   contosomoreau | GUESSABLE
                 espacepartenaire | GUESSABLE
                     1qaz2wsx3edc | BREACHED
                     SonyEricsson | BREACHED
            """)
    void aPasswordThatIsGuessedEarlyIsRefused(String password, Weakness because) {
        assertThat(rule.weakness(camille, password, password)).contains(because);
    }

    @Test
    void aLongAndOddPasswordIsTaken() {
        assertThat(rule.weakness(camille, "tidal-otter-lamp-94", "tidal-otter-lamp-94"))
                .isEmpty();
    }

    @Test
    void whatIsTypedTwiceMustBeTheSame() {
        assertThat(rule.weakness(camille, "tidal-otter-lamp-94", "tidal-otter-lamp-95"))
                .contains(Weakness.DIFFERENT);
    }

    @Test
    void aPasswordOfManyPagesIsRefusedBeforeItCostsTime() {
        var pages = "tidal-otter-lamp-94 ".repeat(10_000);
        assertThat(rule.weakness(camille, pages, pages)).contains(Weakness.LONG);
    }
}
