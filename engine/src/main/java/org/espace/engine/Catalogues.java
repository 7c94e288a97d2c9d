package org.espace.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.espace.terms.Catalogue;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Selection.Side;
import org.jspecify.annotations.Nullable;

/** What facts know that terms may name. */
public final class Catalogues {

    private Catalogues() {}

    public static Catalogue of(Facts facts) {
        var things = new EnumMap<Side, Set<Map<Attribute, Set<String>>>>(Side.class);
        things.put(
                Side.PRODUCT,
                facts.products().stream()
                        .map(product -> new Thing()
                                .with(Attribute.PRODUCT, product.number())
                                .with(Attribute.PRODUCT_FAMILY, product.family())
                                .with(Attribute.SOLUTION_AREA, product.solutionArea())
                                .attributes)
                        .collect(toSet()));
        things.put(
                Side.CUSTOMER,
                facts.customers().stream()
                        .map(customer -> new Thing()
                                .with(Attribute.CUSTOMER, customer.number())
                                .with(Attribute.CUSTOMER_COUNTRY, customer.country())
                                .with(Attribute.CUSTOMER_SEGMENT, customer.segment())
                                .with(Attribute.CUSTOMER_LIST, customer.lists())
                                .attributes)
                        .collect(toSet()));
        things.put(
                Side.LOCATION,
                facts.locations().stream()
                        .map(location -> new Thing()
                                .with(Attribute.PARTNER_TYPE, location.type())
                                .with(Attribute.PARTNER_COUNTRY, location.country())
                                .with(Attribute.PARTNER_LIST, location.lists())
                                .attributes)
                        .collect(toSet()));
        things.put(
                Side.LINE,
                facts.lineKinds().stream()
                        .map(kind -> new Thing().with(kind.attributes()).attributes)
                        .collect(toSet()));
        return new Catalogue(
                things,
                facts.locations().stream()
                        .map(Facts.Location::holdings)
                        .flatMap(Collection::stream)
                        .collect(groupingBy(holding -> holding.kind().key(), mapping(Facts.Holding::code, toSet()))));
    }

    /** One combination of attributes; what is not known of it is not there. */
    private static final class Thing {

        private final Map<Attribute, Set<String>> attributes = new EnumMap<>(Attribute.class);

        Thing with(Attribute attribute, @Nullable String value) {
            return value == null ? this : with(attribute, Set.of(value));
        }

        Thing with(Attribute attribute, Set<String> values) {
            if (!values.isEmpty()) {
                attributes.put(attribute, new HashSet<>(values));
            }
            return this;
        }

        Thing with(Map<Attribute, String> values) {
            values.forEach(this::with);
            return this;
        }
    }
}
