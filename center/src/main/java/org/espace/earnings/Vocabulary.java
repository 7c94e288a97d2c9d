package org.espace.earnings;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espace.customers.CustomerId;
import org.espace.customers.Customers;
import org.espace.engine.Reason;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.sales.Product;
import org.espace.sales.Sales;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The words and numbers that stored lines leave out: terms, names and reasons, by the numbers that lines carry. */
@Component
class Vocabulary {

    private final Programs programs;
    private final Partners partners;
    private final Customers customers;
    private final Sales sales;

    Vocabulary(Programs programs, Partners partners, Customers customers, Sales sales) {
        this.programs = programs;
        this.partners = partners;
        this.customers = customers;
        this.sales = sales;
    }

    Map<Integer, PublishedTerms> terms() {
        return programs.all().stream().collect(toMap(PublishedTerms::id, Function.identity()));
    }

    PublishedTerms terms(int id) {
        return programs.terms(id);
    }

    /** Its code; null for the number 0, which stands for none. */
    @Nullable
    String program(int number) {
        return number == 0 ? null : programs.code(number);
    }

    Map<Integer, String> programs() {
        return programs.all().stream()
                .collect(toMap(
                        PublishedTerms::program, published -> published.terms().program(), (one, _) -> one));
    }

    List<Short> numbers(String code) {
        return programs.all().stream()
                .filter(published -> published.terms().program().equals(code))
                .map(published -> (short) published.program())
                .distinct()
                .toList();
    }

    Map<Integer, String> products(Collection<Integer> ids) {
        return sales.products(Set.copyOf(ids)).stream().collect(toMap(Product::id, Product::name));
    }

    Map<Integer, String> customers(Collection<Integer> ids) {
        var wanted = ids.stream()
                .filter(id -> id != 0)
                .distinct()
                .map(CustomerId::new)
                .toList();
        return customers.names(wanted).entrySet().stream()
                .collect(toMap(entry -> entry.getKey().value(), Map.Entry::getValue));
    }

    Why reason(int number) {
        if (number < Reason.FIRST_DISPOSITION) {
            return new Why(Reason.of(number).name(), Reason.of(number).bucket());
        }
        var disposition = sales.disposition(number - Reason.FIRST_DISPOSITION);
        return new Why(disposition.code(), Why.bucket(disposition));
    }

    /** The numbers of the reasons that are asked for; ones that never occur when there is none. */
    List<Short> numbers(LineOrder order) {
        var numbers = new ArrayList<Short>(List.of((short) -1));
        for (var reason : Reason.values()) {
            if (matches(order, reason.name(), reason.bucket())) {
                numbers.add(reason.number());
            }
        }
        for (var disposition : sales.dispositions()) {
            if (matches(order, disposition.code(), Why.bucket(disposition))) {
                numbers.add((short) (Reason.FIRST_DISPOSITION + disposition.id()));
            }
        }
        return numbers;
    }

    private static boolean matches(LineOrder order, String code, Reason.Bucket bucket) {
        return (order.reason() == null || order.reason().equals(code))
                && (order.bucket() == null || order.bucket() == bucket);
    }

    /** The locations that the filter leaves. */
    List<Location> locations(EarningsFilter filter) {
        return partners.locations(filter.partner()).stream()
                .filter(location ->
                        filter.location() == null || filter.location().equals(location.id()))
                .filter(location -> filter.visible().holds(location.id()))
                .toList();
    }

    /** Whether the line is one of the partner's, and visible. */
    boolean isVisible(Visible visible, LineKey key) {
        var location = new LocationId(key.location());
        return visible.holds(location, programs().get(key.program()))
                && partners.locations(visible.partner()).stream()
                        .anyMatch(each -> each.id().equals(location));
    }

    /** What is visible, as a condition on a table's columns. */
    Condition visible(Visible visible, Field<Integer> location, Field<Short> program) {
        return visible.isEverything()
                ? noCondition()
                : visible.parts().stream()
                        .map(part -> (part.location() == null
                                        ? noCondition()
                                        : location.eq(part.location().value()))
                                .and(part.program() == null ? noCondition() : program.in(numbers(part.program()))))
                        .reduce(falseCondition(), Condition::or);
    }

    /** The same, for the columns of the lake; it holds only numbers. */
    String visible(Visible visible) {
        return visible.parts().stream()
                .map(part -> "(%s AND %s)"
                        .formatted(
                                part.location() == null ? "true" : "location = " + part.location(),
                                part.program() == null ? "true" : "program IN " + listed(numbers(part.program()))))
                .collect(joining(" OR ", "(", visible.parts().isEmpty() ? "false)" : ")"));
    }

    /** Never empty, since SQL has no empty list: no program has the number -1. */
    private static String listed(List<Short> numbers) {
        return Stream.concat(Stream.of("-1"), numbers.stream().map(Object::toString))
                .collect(joining(", ", "(", ")"));
    }

    Map<Integer, String> locationNames(PartnerId partner) {
        return partners.locations(partner).stream()
                .collect(toMap(location -> location.id().value(), Location::name));
    }

    Map<Integer, String> locationNumbers() {
        return partners.locations().stream()
                .collect(toMap(location -> location.id().value(), Location::number));
    }

    record Numbered(int terms, int lever) {}

    /** The number of the filter's lever, or ceiling, in every version that has it. */
    List<Numbered> levers(EarningsFilter filter) {
        var numbers = new ArrayList<Numbered>();
        for (var published : programs.all()) {
            var terms = published.terms();
            for (var number = 1;
                    number <= terms.levers().size() + terms.ceilings().size();
                    number++) {
                if (LineExplained.Lever.of(terms, number).id().equals(filter.lever())
                        && (filter.program() == null || filter.program().equals(terms.program()))) {
                    numbers.add(new Numbered(published.id(), number));
                }
            }
        }
        return numbers;
    }
}
