package org.espace.batch;

import java.io.File;
import java.io.Serializable;

/**
 * Sums in the lake, sorted by location. A location may have sums in many files: what a later file says of a group is
 * right.
 */
public record SumsFile(File file, long groups, int firstLocation, int lastLocation) implements Serializable {

    boolean isWithin(int first, int last) {
        return firstLocation <= last && lastLocation >= first;
    }
}
