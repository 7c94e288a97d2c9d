package org.espace;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Turns the words of a command line into one of the commands, before anything is started. */
@Command(
        name = "espace",
        description = "A partner incentives center.",
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

    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    private CommandLines() {}

    static int execute(String... words) {
        return new CommandLine(new CommandLines())
                .setParameterExceptionHandler(CommandLines::misused)
                .execute(words);
    }

    private static int misused(ParameterException e, String[] words) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName();
        System.err.println(e.getMessage() + " (./" + command + " --help says what it takes)");
        return ExitCode.USAGE;
    }
}
