package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Commands speak the caller's language: their help, and why they do not take what was typed. */
class CommandWordsTest {

    @Test
    void everyCommandOptionAndParameterHasHelpInBothLanguages() {
        var english = help(Locale.ENGLISH);
        var french = help(Locale.FRENCH);
        assertThat(english).hasSizeGreaterThan(80);
        assertThat(french.keySet()).isEqualTo(english.keySet());
        assertThat(english).allSatisfy((what, words) -> assertThat(words).as(what).isNotEmpty());
        assertThat(french).allSatisfy((what, words) -> assertThat(words)
                .as(what)
                .isNotEmpty()
                .isNotEqualTo(english.get(what)));
    }

    @Test
    void theChoicesOfAnOptionAreNamed() {
        var usage = CommandLines.in(Locale.FRENCH)
                .getSubcommands()
                .get("adjust")
                .getSubcommands()
                .get("propose")
                .getUsageMessage();
        assertThat(usage).startsWith("Utilisation\u00a0: espace adjust propose").contains("REBATE", "(par défaut, REBATE)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        words                                       | english                                  | french
        load f.csv --mapping espace --fast          | There is no option --fast.               | Il n’y a pas d’option --fast.
        serve here                                  | here is one word too many.               | here est un mot de trop.
        load --mapping espace                       | FILE is missing.                         | Il manque FILE.
        load f.csv                                  | --mapping is missing.                    | Il manque --mapping.
        load f.csv --mapping                        | --mapping needs a value.                 | --mapping demande une valeur.
        serve --port many                           | “many” is no value of --port: write a whole number. | « many » n’est pas une valeur de --port : écrivez un nombre entier.
        close soon                                  | “soon” is no value of PERIOD: write a month, such as 2026-09. | « soon » n’est pas une valeur de PERIOD : écrivez un mois, par exemple 2026-09.
        totals --as-known soon                      | “soon” is no value of --as-known: write a day, such as 2026-03-31. | « soon » n’est pas une valeur de --as-known : écrivez un jour, par exemple 2026-03-31.
        adjust                                      | Say what to do: propose, approve, reject, list. | Dites que faire : propose, approve, reject, list.
        terms                                       | Say what to do: lint, diff, show, publish. | Dites que faire : lint, diff, show, publish.
        audit                                       | Say what to do: verify.                  | Dites que faire : verify.
        terms fly                                   | fly is one word too many.                | fly est un mot de trop.
        serve --port 1 --port 2                     | --port stands twice.                     | --port figure deux fois.
        """)
    void whatIsMistypedIsSaidWithWhereToLookItUp(String words, String english, String french) {
        var command = words.split(" ", -1)[0];
        assertThat(refused(Locale.ENGLISH, words)).isEqualTo(english + " (./espace " + command + " --help says what it takes)");
        assertThat(plain(refused(Locale.FRENCH, words))).isEqualTo(french + " (./espace " + command + " --help dit ce qu’elle attend)");
    }

    @Test
    void aRefusalIsSaidInTheLanguageOfTheReader() {
        var refusal = new Refusal("port-in-use", "port", 8080);
        assertThat(refusal).hasMessageStartingWith("Port 8080 is in use");
        assertThat(refusal.in(Locale.FRENCH)).startsWith("Le port 8080 est pris");
    }

    private static Map<String, List<String>> help(Locale locale) {
        var help = new TreeMap<String, List<String>>();
        gather(CommandLines.in(locale), help);
        return help;
    }

    private static void gather(CommandLine command, Map<String, List<String>> into) {
        var spec = command.getCommandSpec();
        var name = spec.qualifiedName();
        into.put(name, List.of(spec.usageMessage().description()));
        spec.options().forEach(option -> into.put(name + " " + option.longestName(), List.of(option.description())));
        spec.positionalParameters()
                .forEach(argument -> into.put(name + " " + argument.paramLabel(), List.of(argument.description())));
        command.getSubcommands().values().forEach(one -> gather(one, into));
    }

    private static String refused(Locale locale, String words) {
        var before = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(CommandLines.execute(
                            locale, words.split(" ", -1)))
                    .isEqualTo(CommandLine.ExitCode.USAGE);
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    /** With blanks that break. */
    private static String plain(String text) {
        return text.replaceAll("[\\u00a0\\u202f]", " ");
    }
}
