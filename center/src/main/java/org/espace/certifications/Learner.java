package org.espace.certifications;

import java.time.LocalDate;
import org.espace.access.UserId;
import org.espace.partners.PartnerId;

/**
 * A person who learns, and the company that they count for now.
 *
 * @param number stays theirs whatever account they have
 */
public record Learner(int number, UserId user, PartnerId partner, LocalDate since) {}
