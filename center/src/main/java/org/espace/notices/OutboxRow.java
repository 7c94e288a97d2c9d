package org.espace.notices;

/** One line of the outbox. */
public record OutboxRow(KeptMail kept, String subject) {}
