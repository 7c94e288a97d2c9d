package org.espace.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.espace.money.Money;
import org.espace.terms.Lever;
import org.espace.terms.Period;
import org.espace.terms.Requirement;
import org.espace.terms.Selection.Attribute;
import org.jspecify.annotations.Nullable;

/** One thing that could have been different about a sale, or about who made it, so that it would have earned. */
public sealed interface Change {

    /** The location joins a program no later than on this day. */
    record EnrollBy(int program, LocalDate day) implements Change {}

    /** The location holds what is required no later than on this day. */
    record Hold(Requirement requirement, LocalDate by) implements Change {}

    /**
     * An attribute of the product, the customer, the location or the line is one of these.
     *
     * @param oneOf empty when any will do
     * @param noneOf what it must not be
     */
    record Have(Attribute attribute, Set<String> oneOf, Set<String> noneOf) implements Change {}

    /**
     * The customer has been one since such a day.
     *
     * @param after the first day that would do; null when none is too early
     * @param before the first day that is too late
     */
    record CustomerSince(@Nullable LocalDate after, LocalDate before) implements Change {}

    /** The sale was invoiced, paid for, or used. */
    record Happen(Lever.Trigger trigger) implements Change {}

    /** Rates of these currencies are published on this day. */
    record LoadRates(LocalDate day, Set<Currency> currencies) implements Change {}

    /** The vendor lets the sale earn, after having decided otherwise. */
    record Clear(int disposition) implements Change {}

    /** The sale is made on this day, such as the first one of the next period. */
    record SellOn(LocalDate day) implements Change {}

    /** The sale comes to so much more, in its own currency. */
    record SellMore(Money more) implements Change {}

    /** The sale comes to this amount at least, in its own currency. */
    record LargerAmount(Money atLeast) implements Change {}

    /** The sale is of so many units more. */
    record SellUnits(BigDecimal more) implements Change {}

    /** The sale is made to another customer of the same kind. */
    record OtherCustomer() implements Change {}

    /**
     * A plan of the location is approved for these days, of this amount at least: another one than it has, or the first.
     */
    record ApprovePlan(int program, Period days, Money atLeast) implements Change {}

    /** A sale, and the facts that it rests on. */
    record World(Facts facts, Sale sale) {}

    /**
     * What would be the case with this change: product, customer and location keep their ids.
     *
     * @param fractionDigits how many digits finer than a minor unit the sale's amount is
     */
    default World apply(World world, int fractionDigits) {
        var facts = world.facts();
        var sale = world.sale();
        return switch (this) {
            case EnrollBy(var program, var day) -> new World(here(world, here -> enrolled(here, program, day)), sale);
            case Hold(var requirement, var by) -> new World(here(world, here -> holding(here, requirement, by)), sale);
            case Have have -> having(world, have);
            case CustomerSince since -> customer(world, customer -> since(customer, since));
            case Happen(var trigger) -> kind(world, kind -> new Facts.LineKind(kind.id(), trigger, kind.attributes()));
            case LoadRates(var day, var currencies) -> new World(published(facts, day, currencies), sale);
            case Clear _ -> new World(facts, sale.cleared());
            case SellOn(var day) -> new World(facts, sale.on(day));
            case SellMore(var more) ->
                new World(facts, sale.with(sale.quantity(), sale.amount() + fine(more, fractionDigits)));
            case LargerAmount(var least) ->
                new World(facts, sale.with(sale.quantity(), Math.max(sale.amount(), fine(least, fractionDigits))));
            case SellUnits(var more) ->
                new World(
                        facts,
                        sale.with(sale.quantity() + more.movePointRight(6).longValueExact(), sale.amount()));
            case OtherCustomer _ -> elsewhere(world);
            case ApprovePlan plan -> new World(here(world, here -> planned(here, plan)), sale);
        };
    }

    private static long fine(Money money, int fractionDigits) {
        return Math.multiplyExact(money.minor(), Math.powExact(10L, fractionDigits));
    }

    private static Facts here(World world, UnaryOperator<Facts.Location> change) {
        var facts = world.facts();
        return new Facts(
                facts.terms(),
                facts.locations().stream()
                        .map(each -> each.id() == world.sale().location() ? change.apply(each) : each)
                        .toList(),
                facts.products(),
                facts.customers(),
                facts.lineKinds(),
                facts.rates());
    }

    private static Facts.Location enrolled(Facts.Location here, int program, LocalDate day) {
        return new Facts.Location(
                here.id(),
                here.type(),
                here.country(),
                here.lists(),
                more(here.enrollments(), new Facts.Enrollment(program, day, null)),
                here.holdings(),
                here.plans());
    }

    private static Facts.Location holding(Facts.Location here, Requirement requirement, LocalDate by) {
        var code = new TreeSet<>(requirement.anyOf()).first();
        return new Facts.Location(
                here.id(),
                here.type(),
                here.country(),
                here.lists(),
                here.enrollments(),
                more(here.holdings(), new Facts.Holding(requirement.kind(), code, requirement.level(), by, null)),
                here.plans());
    }

    private static Facts.Location planned(Facts.Location here, ApprovePlan plan) {
        var plans = new ArrayList<Facts.Plan>();
        plans.add(new Facts.Plan(plan.program, plan.days.from(), plan.days.until(), plan.atLeast.minor()));
        here.plans().stream()
                .filter(each -> each.program() != plan.program || !each.from().equals(plan.days.from()))
                .forEach(plans::add);
        return new Facts.Location(
                here.id(), here.type(), here.country(), here.lists(), here.enrollments(), here.holdings(), plans);
    }

    private static <T> List<T> more(List<T> some, T one) {
        var all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    private static World having(World world, Have have) {
        var value = value(have);
        return switch (have.attribute()) {
            case PRODUCT, PRODUCT_FAMILY, SOLUTION_AREA ->
                new World(product(world, have.attribute(), value), world.sale());
            case CUSTOMER, CUSTOMER_SEGMENT, CUSTOMER_COUNTRY, CUSTOMER_LIST ->
                customer(world, customer -> with(customer, have, value));
            case PARTNER_TYPE, PARTNER_COUNTRY, PARTNER_LIST ->
                new World(here(world, here -> with(here, have, value)), world.sale());
            case PARTNER_ROLE, BILLING, ORDER_TYPE, TRIAL, UNIT ->
                kind(world, kind -> {
                    var attributes = new EnumMap<Attribute, String>(Attribute.class);
                    attributes.putAll(kind.attributes());
                    attributes.put(have.attribute(), value);
                    return new Facts.LineKind(kind.id(), kind.happened(), attributes);
                });
        };
    }

    /** The first one that will do; where any will, one that nobody has named. */
    private static String value(Have have) {
        return new TreeSet<>(have.oneOf())
                .stream()
                        .filter(one -> !have.noneOf().contains(one))
                        .findFirst()
                        .orElse("another");
    }

    private static Facts product(World world, Attribute attribute, String value) {
        var facts = world.facts();
        return new Facts(
                facts.terms(),
                facts.locations(),
                facts.products().stream()
                        .map(each -> each.id() != world.sale().product()
                                ? each
                                : new Facts.Product(
                                        each.id(),
                                        attribute == Attribute.PRODUCT ? value : each.number(),
                                        attribute == Attribute.PRODUCT_FAMILY ? value : each.family(),
                                        attribute == Attribute.SOLUTION_AREA ? value : each.solutionArea()))
                        .toList(),
                facts.customers(),
                facts.lineKinds(),
                facts.rates());
    }

    /** A sale that names no customer is one to somebody of whom nothing is known. */
    private static World customer(World world, UnaryOperator<Facts.Customer> change) {
        var facts = world.facts();
        var named = world.sale().customer() != 0;
        var id = named ? world.sale().customer() : next(facts);
        var customers =
                named ? facts.customers() : more(facts.customers(), new Facts.Customer(id, "", null, null, null));
        return new World(
                new Facts(
                        facts.terms(),
                        facts.locations(),
                        facts.products(),
                        customers.stream()
                                .map(each -> each.id() == id ? change.apply(each) : each)
                                .toList(),
                        facts.lineKinds(),
                        facts.rates()),
                world.sale().to(id));
    }

    private static int next(Facts facts) {
        return 1 + facts.customers().stream().mapToInt(Facts.Customer::id).max().orElse(0);
    }

    private static Facts.Customer with(Facts.Customer customer, Have have, String value) {
        var attribute = have.attribute();
        return new Facts.Customer(
                customer.id(),
                attribute == Attribute.CUSTOMER ? value : customer.number(),
                attribute == Attribute.CUSTOMER_COUNTRY ? value : customer.country(),
                attribute == Attribute.CUSTOMER_SEGMENT ? value : customer.segment(),
                customer.since(),
                attribute == Attribute.CUSTOMER_LIST ? listed(customer.lists(), have, value) : customer.lists());
    }

    /** Lists on which something stands besides those that it must not stand on. */
    private static Set<String> listed(Set<String> now, Have have, String value) {
        var lists = new TreeSet<>(now);
        lists.removeAll(have.noneOf());
        if (!have.oneOf().isEmpty()) {
            lists.add(value);
        }
        return lists;
    }

    private static Facts.Customer since(Facts.Customer customer, CustomerSince since) {
        return new Facts.Customer(
                customer.id(),
                customer.number(),
                customer.country(),
                customer.segment(),
                since.before().minusDays(1),
                customer.lists());
    }

    private static Facts.Location with(Facts.Location here, Have have, String value) {
        return new Facts.Location(
                here.id(),
                have.attribute() == Attribute.PARTNER_TYPE ? value : here.type(),
                have.attribute() == Attribute.PARTNER_COUNTRY ? value : here.country(),
                have.attribute() == Attribute.PARTNER_LIST ? listed(here.lists(), have, value) : here.lists(),
                here.enrollments(),
                here.holdings(),
                here.plans());
    }

    private static World kind(World world, UnaryOperator<Facts.LineKind> change) {
        var facts = world.facts();
        var known = new HashMap<Integer, Facts.LineKind>();
        facts.lineKinds().forEach(kind -> known.put(kind.id(), kind));
        var now = known.getOrDefault(world.sale().kind(), new Facts.LineKind(0, Lever.Trigger.INVOICED, Map.of()));
        var next = 1 + known.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        var changed = change.apply(new Facts.LineKind(next, now.happened(), now.attributes()));
        return new World(
                new Facts(
                        facts.terms(),
                        facts.locations(),
                        facts.products(),
                        facts.customers(),
                        more(facts.lineKinds(), changed),
                        facts.rates()),
                world.sale().of(next));
    }

    private static World elsewhere(World world) {
        var facts = world.facts();
        var next = next(facts);
        var alike = facts.customers().stream()
                .filter(each -> each.id() == world.sale().customer())
                .findFirst()
                .map(each -> new Facts.Customer(
                        next, each.number(), each.country(), each.segment(), each.since(), each.lists()))
                .orElseGet(() -> new Facts.Customer(next, "", null, null, null));
        return new World(
                new Facts(
                        facts.terms(),
                        facts.locations(),
                        facts.products(),
                        more(facts.customers(), alike),
                        facts.lineKinds(),
                        facts.rates()),
                world.sale().to(next));
    }

    /** Any rate will do to see that the sale is rated then. */
    private static Facts published(Facts facts, LocalDate day, Set<Currency> currencies) {
        var next = 1 + facts.rates().stream().mapToInt(Facts.RateSet::id).max().orElse(0);
        var units = new HashMap<Currency, BigDecimal>();
        currencies.forEach(currency -> units.put(currency, BigDecimal.ONE));
        return new Facts(
                facts.terms(),
                facts.locations(),
                facts.products(),
                facts.customers(),
                facts.lineKinds(),
                more(facts.rates(), new Facts.RateSet(next, day, units)));
    }
}
