package org.espace.dashboard;

import java.util.List;
import org.espace.eligibility.Impact;
import org.espace.eligibility.ImpactAsked;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would change in who may join.
 *
 * @param atWork of whatever program; null when none is
 * @param stopped the last one, when it was cancelled or has failed
 * @param done the last one that has a report; null when none has
 * @param impact the report of that one
 * @param changed whether the draft was another when that one was asked for
 * @param earlier those with a report before that one, the latest first
 */
public record ImpactView(
        Terms draft,
        @Nullable ImpactAsked atWork,
        @Nullable ImpactAsked stopped,
        @Nullable ImpactAsked done,
        @Nullable Impact impact,
        boolean changed,
        List<ImpactAsked> earlier) {}
