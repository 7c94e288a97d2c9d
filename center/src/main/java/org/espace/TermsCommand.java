package org.espace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class TermsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: lint, diff, show or publish");
    }
}
