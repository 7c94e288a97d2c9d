package org.espace;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Check the book of who did what.",
        subcommands = AuditVerifyCommand.class)
final class AuditCommand implements Callable<Integer> {

    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    /** Alone it has nothing to do. */
    @Override
    public Integer call() {
        System.err.println("Say what to do: verify (./espace audit --help says what it takes)");
        return ExitCode.USAGE;
    }
}
