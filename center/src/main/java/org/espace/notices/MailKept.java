package org.espace.notices;

/** There is something to send. */
record MailKept() {}
