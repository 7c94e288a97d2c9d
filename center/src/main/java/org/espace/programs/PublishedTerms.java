package org.espace.programs;

import java.time.Instant;
import org.espace.terms.Terms;

/**
 * Terms as published: the text is the promise, and never changes.
 *
 * @param program the number that earning lines carry for the program
 * @param id the number that earning lines carry for this version
 * @param text as it was handed in, with its comments
 * @param sha256 of the canonical text, which promises the same
 */
public record PublishedTerms(
        int program, int id, Terms terms, String text, String sha256, Instant publishedAt, String publishedBy) {}
