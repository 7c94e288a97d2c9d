package org.espace;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.espace.web.Messages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns the words of a command line into one of the commands, before anything is started. */
@Command(
        name = "espace",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            LoadCommand.class,
            UsersCommand.class,
            CloseCommand.class,
            AdjustCommand.class,
            SimulateCommand.class,
            RefreshCommand.class,
            RoundCommand.class,
            TotalsCommand.class,
            TermsCommand.class,
            RateCommand.class,
            AuditCommand.class,
            SecretsCommand.class,
            PracticeCommand.class
        })
final class CommandLines {

    private static final String HELP = "--help";

    @SuppressWarnings("unused")
    @Option(names = HELP, usageHelp = true)
    private boolean help;

    private CommandLines() {}

    /** In the language of the environment. */
    static int execute(String... words) {
        return execute(Locale.getDefault(), words);
    }

    static int execute(Locale locale, String... words) {
        var asked = List.of(words).contains(HELP);
        return (asked ? in(locale) : new CommandLine(new CommandLines()))
                .setParameterExceptionHandler((e, all) -> misused(e, List.of(all), Messages.in(locale)))
                .execute(words);
    }

    /** With help in that language: all words of all commands, which only help is worth the time for. */
    static CommandLine in(Locale locale) {
        return new CommandLine(new CommandLines()).setResourceBundle(new CommandWords(locale));
    }

    private static int misused(ParameterException e, List<String> words, Messages messages) {
        System.err.println(messages.text(
                "misused.help",
                Map.of(
                        "problem", problem(e, words, messages),
                        "command", e.getCommandLine().getCommandSpec().qualifiedName())));
        return ExitCode.USAGE;
    }

    private static String problem(ParameterException e, List<String> words, Messages messages) {
        return switch (e) {
            case Misused misused -> {
                var commands = misused.getCommandLine().getSubcommands().keySet();
                yield messages.text("misused.which", Map.of("commands", String.join(", ", commands)));
            }
            case UnmatchedArgumentException unmatched -> {
                var word = unmatched.getUnmatched().getFirst();
                yield messages.text(word.startsWith("-") ? "misused.option" : "misused.word", Map.of("word", word));
            }
            case MissingParameterException missing ->
                missing.getMissing().stream()
                        .map(one -> missing(one, words, messages))
                        .collect(Collectors.joining(" "));
            case OverwrittenOptionException twice ->
                messages.text("misused.twice", Map.of("what", name(twice.getOverwritten())));
            default -> value(e, messages);
        };
    }

    private static String missing(ArgSpec one, List<String> words, Messages messages) {
        var named = one instanceof OptionSpec option
                && List.of(option.names()).stream().anyMatch(words::contains);
        return messages.text(named ? "misused.no-value" : "misused.missing", Map.of("what", name(one)));
    }

    private static String value(ParameterException e, Messages messages) {
        var argument = e.getArgSpec();
        var value = e.getValue();
        if (argument == null || value == null) {
            return messages.text("misused.OTHER", Map.of("message", String.valueOf(e.getMessage())));
        }
        return messages.text(
                "misused.value", Map.of("value", value, "what", name(argument), "hint", hint(argument, messages)));
    }

    private static String hint(ArgSpec argument, Messages messages) {
        var type = argument.type();
        if (type == int.class) {
            return messages.text("misused.hint.number");
        }
        if (type == LocalDate.class) {
            return messages.text("misused.hint.day");
        }
        if (type == YearMonth.class) {
            return messages.text("misused.hint.month");
        }
        var label = Map.of("label", argument.paramLabel());
        if (type == Map.class) {
            return messages.text("misused.hint.pair", label);
        }
        var candidates = argument.completionCandidates();
        if (candidates != null) {
            return messages.text("misused.hint.words", Map.of("words", String.join(", ", candidates)));
        }
        return messages.text("misused.hint.other", label);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
