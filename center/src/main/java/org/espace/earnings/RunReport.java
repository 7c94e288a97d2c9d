package org.espace.earnings;

import java.time.Instant;
import java.util.List;

/**
 * What a refresh has done.
 *
 * @param loads the loads whose sales it rated for the first time
 * @param salesLines how many of their lines there were
 * @param replayed how many locations were rated anew, because what their earnings rest on has changed
 * @param earningLines how many lines were added to the journal, those that earned nothing included
 * @param correctionLines how many of them correct earlier ones
 * @param posted how many amounts went to the ledger
 */
public record RunReport(
        int id,
        Instant startedAt,
        Instant finishedAt,
        String startedBy,
        List<Integer> loads,
        long salesLines,
        int replayed,
        long earningLines,
        long correctionLines,
        int posted) {}
