package org.espace.earnings;

import java.util.List;
import org.espace.terms.Lever;
import org.espace.terms.Terms;

/**
 * Why a sale earned nothing under a lever.
 *
 * @param partnerCanAct whether the partner can do something about everything that failed
 * @param changes together, the smallest change with which the sale would have earned; empty when nothing known would help
 */
public record Zero(Terms terms, Lever lever, boolean partnerCanAct, List<Condition> conditions, List<Advice> changes) {

    /**
     * One condition that failed.
     *
     * @param code a reason's, or the vendor's own
     * @param detail what was there, and what would have done
     * @param more since when, and what is left under a ceiling, as far as it is known
     */
    public record Condition(String code, boolean partnerCanAct, Advice detail, List<Advice> more) {}
}
