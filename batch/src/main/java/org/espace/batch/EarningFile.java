package org.espace.batch;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Earning lines in the lake, sorted by location and posting sequence.
 *
 * @param fractionDigits how many digits finer than a minor unit {@code basis} and {@code before} are
 */
public record EarningFile(Path path, long lines, int fractionDigits, int firstLocation, int lastLocation)
        implements Serializable {

    private Object writeReplace() {
        return new Written(path.toFile(), lines, fractionDigits, firstLocation, lastLocation);
    }

    private record Written(File path, long lines, int fractionDigits, int firstLocation, int lastLocation)
            implements Serializable {

        private Object readResolve() {
            return new EarningFile(path.toPath(), lines, fractionDigits, firstLocation, lastLocation);
        }
    }
}
