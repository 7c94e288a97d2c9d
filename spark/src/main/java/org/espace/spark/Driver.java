package org.espace.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.ConnectException;
import java.sql.SQLException;
import org.espace.batch.RunnerProcess;

/** The process that asks a Spark cluster on behalf of another one. */
final class Driver {

    private Driver() {}

    public static void main(String[] master) throws Exception {
        // Whatever is printed must not mix with the answers.
        System.setOut(System.err);
        var answers = new FileOutputStream(FileDescriptor.out);
        try (var runner = SparkRunner.on(master[0])) {
            RunnerProcess.serve(System.in, answers, runner);
        } catch (ConnectException e) {
            RunnerProcess.serve(System.in, answers, (_, _, _, _) -> {
                throw new SQLException(e.getMessage());
            });
        }
    }
}
