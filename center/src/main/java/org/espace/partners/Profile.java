package org.espace.partners;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.espace.web.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A partner's legal business, as the partner states it.
 *
 * @param legalName as the register of companies has it
 * @param tradingName under which customers know it, where that is another
 */
public record Profile(
        String legalName,
        @Nullable String tradingName,
        Address address,
        @Nullable String phone,
        @Nullable String website) {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PHONE = 40;
    private static final int LONGEST_WEBSITE = 200;
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().\\-]{4,}");

    static Profile read(Fields fields) {
        var profile = new Profile(
                fields.needed("legal-name", LONGEST_NAME),
                fields.optional("trading-name", LONGEST_NAME),
                Address.read(fields),
                phone(fields),
                fields.optional("website", LONGEST_WEBSITE));
        if (profile.website() != null && !isWebsite(profile.website())) {
            fields.fault("website", "website");
        }
        return profile;
    }

    static @Nullable String phone(Fields fields) {
        var phone = fields.optional("phone", LONGEST_PHONE);
        if (phone != null && !PHONE.matcher(phone).matches()) {
            fields.fault("phone", "phone");
        }
        return phone;
    }

    private static boolean isWebsite(String address) {
        try {
            var uri = URI.create(address);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Whether another company, or the same one elsewhere, would be meant. */
    boolean isLegallyAs(Profile other) {
        return legalName.equals(other.legalName) && address.equals(other.address);
    }

    /** By name of the field, for the book of acts. */
    Map<String, String> described() {
        var described = new LinkedHashMap<String, String>();
        described.put("legal-name", legalName);
        put(described, "trading-name", tradingName);
        described.put("street", address.street());
        put(described, "postal-code", address.postalCode());
        described.put("city", address.city());
        put(described, "region", address.region());
        described.put("country", address.country());
        put(described, "phone", phone);
        put(described, "website", website);
        return described;
    }

    private static void put(Map<String, String> described, String name, @Nullable String value) {
        if (value != null) {
            described.put(name, value);
        }
    }
}
