package org.espace;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What every command has: an instance that it works on, help, and an answer for people or for programs. */
abstract class InstanceCommand implements Callable<Integer> {

    /** Amounts are text, so that no reader takes them for binary fractions. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .withConfigOverride(
                    BigDecimal.class, amounts -> amounts.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            .build();

    @Option(names = "--json")
    private boolean json;

    @SuppressWarnings("unused")
    @Option(names = "--help", usageHelp = true)
    private boolean help;

    @Spec
    private CommandSpec command;

    Home home() {
        return Home.ofInstance();
    }

    /** Whether it cannot do without a folder that it may write to. */
    boolean needsFolder() {
        return true;
    }

    abstract void run(Home home) throws Exception;

    /** Of its words. */
    Locale locale() {
        return Locale.getDefault();
    }

    /** Alone it has nothing to do: one of its own commands must be named. */
    Misused toChoose() {
        return Misused.toChoose(command.commandLine());
    }

    /** What the process ends with when nothing has failed. */
    int exitCode() {
        return ExitCode.OK;
    }

    @Override
    public Integer call() {
        var home = home();
        try {
            run(needsFolder() ? home.prepared() : home);
            return exitCode();
        } catch (ParameterException e) {
            throw e;
        } catch (Exception e) {
            if (!Center.ending()) {
                var problem = Problems.oneLine(e, home.logs().resolve("espace.log"), locale());
                System.err.println(problem);
                if (json) {
                    answer(new Failure(problem));
                }
            }
            return ExitCode.SOFTWARE;
        }
    }

    void answer(Object document) {
        System.out.println(JSON.writeValueAsString(document));
    }

    /** For people only. */
    void say(String line) {
        if (!json) {
            System.out.println(line);
        }
    }

    boolean json() {
        return json;
    }

    private record Failure(String error) {}
}
