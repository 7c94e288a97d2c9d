package org.espace.programs;

/** A version of a program was published; told in the transaction that publishes it. */
public record TermsPublished(String program, String version) {}
