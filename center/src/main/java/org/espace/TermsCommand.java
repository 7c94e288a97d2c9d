package org.espace;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
        name = "terms",
        description = {
            "Check, compare, show and publish terms.",
            "TERMS is a YAML file, or PROGRAM/VERSION of what the instance has published."
        },
        subcommands = {
            TermsLintCommand.class,
            TermsDiffCommand.class,
            TermsShowCommand.class,
            TermsPublishCommand.class
        })
final class TermsCommand implements Callable<Integer> {

    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    /** Alone it has nothing to do. */
    @Override
    public Integer call() {
        System.err.println(
                "Say what to do: lint, diff, show or publish (./espace terms --help says what each of them takes)");
        return ExitCode.USAGE;
    }
}
