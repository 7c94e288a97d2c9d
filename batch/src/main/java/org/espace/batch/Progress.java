package org.espace.batch;

/** Hears how far a long piece of work has come. Called often and from several threads. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = (step, done, total) -> {};

    /**
     * @param step what is being done, as a message key such as {@code load.reading}
     * @param done units done so far
     * @param total units in all; 0 while unknown
     */
    void at(String step, long done, long total);
}
