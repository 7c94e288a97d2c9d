package org.espace.engine;

import org.espace.money.Money;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Period;

/**
 * What several levers may still earn together under a ceiling.
 *
 * @param period what is added up together: the days of the plan where the ceiling is one, and all days of the version
 *     where there is none
 * @param most what may be earned in all; a share of revenue grows with it
 * @param earned at most as much as that
 */
public record CeilingBalance(Ceiling ceiling, Period period, Money most, Money earned, Money left) {

    /** @param sums of the location, among which a ceiling that adds up nothing has none */
    static CeilingBalance of(
            Rulebook.Version version,
            int place,
            Facts.Location location,
            Sums sums,
            int customer,
            long order,
            int day) {
        var ceiling = version.ceilings[place];
        var plan = ceiling.most() instanceof Ceiling.OfPlan ? version.plan(location, day) : null;
        var month = Months.of(day);
        var scope = new Rule.Part(ceiling.scope());
        var group = scope.isAlone(order)
                ? -1
                : sums.find(
                        version.slot(version.number(place), Credit.GROUP),
                        version.span(ceiling, plan, month),
                        scope.owner(customer, order));
        var revenue = group < 0 ? 0 : sums.second(group);
        var most = Ceilings.most(
                ceiling.most(), revenue, plan == null ? 0 : plan.minor(), version.fraction, version.toEven);
        var earned = Math.min(group < 0 ? 0 : sums.first(group), most);
        return new CeilingBalance(
                ceiling,
                plan == null ? version.period(ceiling.scope(), month) : new Period(plan.from(), plan.until()),
                money(version, most),
                money(version, earned),
                money(version, most - earned));
    }

    public boolean isUsedUp() {
        return left.isZero();
    }

    /** Whether it has a sum that sales are added to. */
    static boolean addsUp(Ceiling ceiling) {
        var per = ceiling.scope().per();
        return per == Lever.Per.CUSTOMER || per == Lever.Per.PARTNER;
    }

    private static Money money(Rulebook.Version version, long minor) {
        return Money.ofMinor(minor, version.terms.currency());
    }
}
