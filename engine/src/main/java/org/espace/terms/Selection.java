package org.espace.terms;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which sales a lever is for.
 *
 * @param only the values that each named attribute must have one of; empty selects every sale
 * @param except selections that are left out again: a sale is, when it matches every attribute of one of them
 */
public record Selection(Map<Attribute, Set<String>> only, List<Map<Attribute, Set<String>>> except) {

    public static final Selection ALL = new Selection(Map.of(), List.of());

    /** Whose attribute it is decides how often it must be looked at: once a product, a customer or a location. */
    public enum Side {
        PRODUCT,
        CUSTOMER,
        LOCATION
    }

    public enum Attribute {
        PRODUCT("product", Side.PRODUCT),
        PRODUCT_FAMILY("product-family", Side.PRODUCT),
        SOLUTION_AREA("solution-area", Side.PRODUCT),
        CUSTOMER_SEGMENT("customer-segment", Side.CUSTOMER),
        CUSTOMER_COUNTRY("customer-country", Side.CUSTOMER),
        PARTNER_TYPE("partner-type", Side.LOCATION),
        PARTNER_COUNTRY("partner-country", Side.LOCATION);

        private final String key;
        private final Side side;

        Attribute(String key, Side side) {
            this.key = key;
            this.side = side;
        }

        /** As it is written in terms. */
        public String key() {
            return key;
        }

        public Side side() {
            return side;
        }
    }
}
