package org.espace.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * All terms, compiled against the catalogue: selections are evaluated once for each distinct product and customer, so
 * that rating a line only reads arrays. Immutable, and shared by threads. It travels as its facts, and is compiled again
 * where it arrives.
 */
public final class Rulebook implements Serializable {

    final Map<Integer, List<Version>> versions = new TreeMap<>();
    final Map<Integer, Facts.Location> locations = new HashMap<>();
    final Facts facts;
    private final int fractionDigits;

    /** @param fractionDigits how many digits finer than a minor unit the amounts of sales are, 0 to 12 */
    public Rulebook(Facts facts, int fractionDigits) {
        this.facts = facts;
        this.fractionDigits = fractionDigits;
        for (var published : facts.terms()) {
            versions.computeIfAbsent(published.program(), _ -> new ArrayList<>())
                    .add(new Version(published, facts, fractionDigits));
        }
        facts.locations().forEach(location -> locations.put(location.id(), location));
    }

    private Object writeReplace() {
        return new Uncompiled(facts, fractionDigits);
    }

    private record Uncompiled(Facts facts, int fractionDigits) implements Serializable {

        private Object readResolve() {
            return new Rulebook(facts, fractionDigits);
        }
    }

    /** One version of a program. */
    static final class Version {

        final short program;
        final short id;
        final Terms terms;
        final int from;
        final int until;
        final int fiscalStart;
        final short currency;
        final long rebateShare;
        final Rule[] rules;
        private final List<Clause> clauses = new ArrayList<>();
        private final int[] productClass;
        private final int[] customerClass;
        private final List<BitSet> productClasses = new ArrayList<>();
        private final List<BitSet> customerClasses = new ArrayList<>();

        private Version(Facts.Published published, Facts facts, int fractionDigits) {
            program = (short) published.program();
            id = (short) published.id();
            terms = published.terms();
            from = (int) terms.effective().from().toEpochDay();
            until = (int) terms.effective().until().toEpochDay();
            fiscalStart = terms.fiscalYearStarts().getMonthValue() - 1;
            currency = (short) terms.currency().getNumericCode();
            rebateShare = terms.split().rebate().partsPerMillion();
            rules = new Rule[terms.levers().size()];
            for (var i = 0; i < rules.length; i++) {
                var lever = terms.levers().get(i);
                rules[i] = new Rule((short) (i + 1), lever, fractionDigits);
                clauses.add(new Clause(i, false, lever.of().only()));
                for (var exception : lever.of().except()) {
                    clauses.add(new Clause(i, true, exception));
                }
            }
            var products = new Classes(productClasses);
            productClass = new int[1 + largest(facts.products().stream().mapToInt(Facts.Product::id))];
            for (var product : facts.products()) {
                productClass[product.id()] = products.of(matching(Selection.Side.PRODUCT, key -> switch (key) {
                    case PRODUCT -> product.number();
                    case PRODUCT_FAMILY -> product.family();
                    default -> product.solutionArea();
                }));
            }
            var customers = new Classes(customerClasses);
            var known = new HashMap<List<@Nullable String>, Integer>();
            customerClass = new int[1 + largest(facts.customers().stream().mapToInt(Facts.Customer::id))];
            customerClass[0] = customers.of(matching(Selection.Side.CUSTOMER, _ -> null));
            for (var customer : facts.customers()) {
                var attributes = Arrays.asList(customer.country(), customer.segment());
                customerClass[customer.id()] = known.computeIfAbsent(
                        attributes,
                        _ -> customers.of(matching(
                                Selection.Side.CUSTOMER,
                                key -> key == Selection.Attribute.CUSTOMER_COUNTRY
                                        ? customer.country()
                                        : customer.segment())));
            }
        }

        boolean isOpenTo(Facts.Location location) {
            return (terms.partnerTypes().isEmpty() || terms.partnerTypes().contains(location.type()))
                    && (terms.countries().isEmpty() || terms.countries().contains(location.country()));
        }

        /** For each pair of product class and customer class the rules that select it, for one location. */
        Rule[][] cells(Facts.Location location) {
            var here = matching(
                    Selection.Side.LOCATION,
                    key -> key == Selection.Attribute.PARTNER_TYPE ? location.type() : location.country());
            var cells = new Rule[productClasses.size() * customerClasses.size()][];
            for (var product = 0; product < productClasses.size(); product++) {
                for (var customer = 0; customer < customerClasses.size(); customer++) {
                    var holding = (BitSet) here.clone();
                    holding.and(productClasses.get(product));
                    holding.and(customerClasses.get(customer));
                    cells[product * customerClasses.size() + customer] = selected(holding);
                }
            }
            return cells;
        }

        int cell(int product, int customer) {
            return productClass[product] * customerClasses.size() + customerClass[customer];
        }

        private Rule[] selected(BitSet holding) {
            var chosen = new boolean[rules.length];
            for (var i = 0; i < clauses.size(); i++) {
                var clause = clauses.get(i);
                if (!clause.exception()) {
                    chosen[clause.rule()] = holding.get(i);
                } else if (holding.get(i)) {
                    chosen[clause.rule()] = false;
                }
            }
            var found = new ArrayList<Rule>();
            for (var i = 0; i < rules.length; i++) {
                if (chosen[i]) {
                    found.add(rules[i]);
                }
            }
            return found.toArray(Rule[]::new);
        }

        /** The clauses whose conditions on this side hold; a clause without any holds. */
        private BitSet matching(Selection.Side side, Attributes attributes) {
            var holding = new BitSet();
            for (var i = 0; i < clauses.size(); i++) {
                holding.set(i, clauses.get(i).holds(side, attributes));
            }
            return holding;
        }

        private static int largest(IntStream ids) {
            return ids.max().orElse(0);
        }
    }

    private interface Attributes {
        @Nullable
        String of(Selection.Attribute attribute);
    }

    private record Clause(int rule, boolean exception, Map<Selection.Attribute, Set<String>> conditions) {

        boolean holds(Selection.Side side, Attributes attributes) {
            return conditions.entrySet().stream()
                    .filter(condition -> condition.getKey().side() == side)
                    .allMatch(condition -> {
                        var value = attributes.of(condition.getKey());
                        return value != null && condition.getValue().contains(value);
                    });
        }
    }

    private record Classes(List<BitSet> all, Map<BitSet, Integer> numbers) {

        Classes(List<BitSet> all) {
            this(all, new HashMap<>());
        }

        int of(BitSet signature) {
            return numbers.computeIfAbsent(signature, _ -> {
                all.add(signature);
                return all.size() - 1;
            });
        }
    }
}
