package org.espace.batch;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Accepted sale lines in the lake, sorted by location and posting sequence.
 *
 * @param load the load that brought them
 * @param fractionDigits how many digits finer than a minor unit the amounts are
 */
public record SalesFile(int load, Path path, long lines, int fractionDigits, int firstLocation, int lastLocation)
        implements Serializable {

    private Object writeReplace() {
        return new Written(load, path.toFile(), lines, fractionDigits, firstLocation, lastLocation);
    }

    private record Written(int load, File path, long lines, int fractionDigits, int firstLocation, int lastLocation)
            implements Serializable {

        private Object readResolve() {
            return new SalesFile(load, path.toPath(), lines, fractionDigits, firstLocation, lastLocation);
        }
    }
}
