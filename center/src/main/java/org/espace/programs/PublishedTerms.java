package org.espace.programs;

import java.time.Instant;
import org.espace.terms.Terms;

/**
 * Terms as published: the text is the promise, and never changes.
 *
 * @param program the number that earning lines carry for the program
 * @param id the number that earning lines carry for this version
 */
public record PublishedTerms(
        int program, int id, Terms terms, String text, String sha256, Instant publishedAt, String publishedBy) {}
