package org.espace.feed;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The records of a file, one after the other, whatever its format. */
interface Records extends Closeable {

    List<String> header();

    /** Reads the next record; false at the end. A record that cannot be read has a defect and spoils no other. */
    boolean next(Cells cells) throws IOException;

    /** How many rows the file will have brought at its end, guessed from how far it has been read. */
    long expectedRows(long rowsSoFar);
}
