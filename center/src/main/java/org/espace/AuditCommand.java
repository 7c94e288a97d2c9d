package org.espace;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "audit", subcommands = AuditVerifyCommand.class)
final class AuditCommand implements Callable<Integer> {

    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true)
    private boolean help;

    @Spec
    private CommandSpec command;

    /** Alone it has nothing to do. */
    @Override
    public Integer call() {
        throw Misused.toChoose(command.commandLine());
    }
}
