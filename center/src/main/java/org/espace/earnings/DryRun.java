package org.espace.earnings;

import java.util.List;

/**
 * What a full replay would change.
 *
 * @param differences only those that are not nothing
 * @param lines how many lines would be added to the journal
 */
public record DryRun(List<Difference> differences, long lines) {}
