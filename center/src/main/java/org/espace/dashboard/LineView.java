package org.espace.dashboard;

import java.util.List;
import org.espace.earnings.LineExplained;
import org.espace.earnings.Zero;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * One earning line and how it came about.
 *
 * @param program the program's name in the reader's language; null when no terms were in force
 * @param zeros why it has earned nothing, what lacked least first; empty when it has earned
 */
public record LineView(
        PartnerId partner,
        LineExplained explained,
        @Nullable String program,
        @Nullable String lever,
        Paper paper,
        List<Zero> zeros) {

    public String home() {
        return "/partners/" + partner + "/earnings";
    }

    public String currency() {
        return explained.line().amount().currency().getCurrencyCode();
    }

    public @Nullable String terms() {
        var rule = explained.rule();
        return rule == null ? null : TermsView.href("/partners/" + partner + "/terms", rule.program(), rule.version());
    }
}
