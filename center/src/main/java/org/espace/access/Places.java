package org.espace.access;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.web.Page;

/**
 * What the locations and programs are called that roles can hold for.
 *
 * @param locations names by id, in their order
 * @param programs names by code, in their order
 */
public record Places(Map<Integer, String> locations, Map<String, String> programs) {

    /** Those of the partner in the order of their names, and every program by its newest name. */
    public static Places of(PartnerId partner, Partners partners, Programs programs, Locale locale) {
        var locations = new LinkedHashMap<Integer, String>();
        var names = new LinkedHashMap<String, String>();
        partners.locations(partner)
                .forEach(location -> locations.put(location.id().value(), location.name()));
        programs.all()
                .forEach(published -> names.put(
                        published.terms().program(), published.terms().name().in(locale)));
        return new Places(locations, names);
    }

    /** Where a role holds: Lyon · CSP indirect reseller; empty for everywhere. */
    public String where(Grant grant) {
        var location = grant.location();
        var program = grant.program();
        return Stream.concat(
                        location == null
                                ? Stream.empty()
                                : Stream.of(locations.getOrDefault(location, location.toString())),
                        program == null ? Stream.empty() : Stream.of(programs.getOrDefault(program, program)))
                .collect(Collectors.joining(" · "));
    }

    /** Incentives user (Lyon · CSP indirect reseller). */
    public String words(Page page, Grant grant) {
        var where = where(grant);
        var role = page.t("role." + grant.role().code());
        return where.isEmpty() ? role : role + " (" + where + ")";
    }
}
