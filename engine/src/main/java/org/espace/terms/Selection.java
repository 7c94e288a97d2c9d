package org.espace.terms;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which sales a lever is for.
 *
 * @param only the values that each named attribute must have one of; empty selects every sale
 * @param except selections that are left out again: a sale is, when it matches every attribute of one of them
 */
public record Selection(Map<Attribute, Set<String>> only, List<Map<Attribute, Set<String>>> except)
        implements Serializable {

    public static final Selection ALL = new Selection(Map.of(), List.of());

    /** Whose attribute it is decides how often it must be looked at: once a product, a customer, a location or a kind of line. */
    public enum Side {
        PRODUCT,
        CUSTOMER,
        LOCATION,
        LINE
    }

    public enum Attribute {
        PRODUCT("product", Side.PRODUCT),
        PRODUCT_FAMILY("product-family", Side.PRODUCT),
        SOLUTION_AREA("solution-area", Side.PRODUCT),
        CUSTOMER("customer", Side.CUSTOMER),
        CUSTOMER_SEGMENT("customer-segment", Side.CUSTOMER),
        CUSTOMER_COUNTRY("customer-country", Side.CUSTOMER),
        /** Campaign lists that the customer stands on: it may be on several. */
        CUSTOMER_LIST("customer-list", Side.CUSTOMER),
        PARTNER_TYPE("partner-type", Side.LOCATION),
        PARTNER_COUNTRY("partner-country", Side.LOCATION),
        /** Campaign lists that the location stands on: it may be on several. */
        PARTNER_LIST("partner-list", Side.LOCATION),
        /** In which role the partner took part in the sale. */
        PARTNER_ROLE("partner-role", Side.LINE),
        BILLING("billing", Side.LINE),
        ORDER_TYPE("order-type", Side.LINE),
        TRIAL("trial", Side.LINE),
        /** What the quantity counts: seats, active-users, hours. */
        UNIT("unit", Side.LINE);

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
