package org.espace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.espace.RoomTest;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every form of the running application is sent by a partner's global administrator with its own fields filled in and with
 * fields that it does not have, which name another partner, the vendor, or what nobody types: no row of anybody else is
 * another one afterwards, and nobody has become mightier.
 */
@RoomTest
class MassAssignmentTest {

    private static final List<HttpMethod> WRITING =
            List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    /** What tables and records call what a form must not say; each with the number of the other partner. */
    private static final List<String> FIELDS = List.of(
            "partner",
            "partnerId",
            "partner_id",
            "partner.value",
            "organization",
            "organization.value",
            "id",
            "user",
            "userId",
            "user.value",
            "by",
            "createdBy",
            "created_by",
            "grants[0].partner",
            "roles[0].partner",
            "owner");

    private static final Map<String, String> WORDS = Map.of(
            "grants[0].role", "OPERATOR",
            "owes", "",
            "state", "ACCEPTED",
            "verdict", "accepted",
            "enforced", "false",
            "class.module.classLoader.defaultAssertionStatus", "true");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    @Autowired
    Users users;

    @Autowired
    Partners partners;

    private final String suffix = UUID.randomUUID() + ".example";

    @Test
    void noFormTakesFieldsThatItDoesNotShow() {
        var own = partner("own");
        var other = partner("other");
        var attacker = administrator(own);
        administrator(other);
        var before = rowsOfOthers(own);

        var sent = 0;
        for (var route : routes.getHandlerMethods().entrySet()) {
            for (var pattern : route.getKey().getPatternValues()) {
                for (var method : writing(route.getKey().getMethodsCondition().getMethods())) {
                    send(method, pattern, route.getValue(), attacker, own, other);
                    sent++;
                }
            }
        }
        assertThat(sent).isGreaterThan(80);
        assertThat(rowsOfOthers(own)).isEqualTo(before);
        assertThat(sql.fetch("select role from access.role_grant where organization = {0}", val(own.value()))
                        .getValues(0, String.class))
                .doesNotContain(Arrays.stream(Role.values())
                        .filter(Role::atVendor)
                        .map(Role::code)
                        .toArray(String[]::new));
    }

    private void send(
            HttpMethod method, String pattern, HandlerMethod handler, SignedIn by, PartnerId own, PartnerId other) {
        var request = web.method(method)
                .uri(pattern.replace("{partner}", own.toString()).replaceAll("\\{[^}]+}", other.toString()))
                .with(csrf())
                .with(authentication(UsernamePasswordAuthenticationToken.authenticated(by, null, List.of())));
        var typed = new TreeMap<String, String>();
        for (var parameter : handler.getMethodParameters()) {
            field(parameter.getParameter())
                    .ifPresent(name -> typed.put(name, value(name, parameter.getParameterType())));
        }
        FIELDS.forEach(name -> typed.putIfAbsent(name, other.toString()));
        WORDS.forEach(typed::putIfAbsent);
        typed.forEach(request::param);
        request.exchange();
    }

    private static Optional<String> field(Parameter parameter) {
        return Optional.ofNullable(parameter.getAnnotation(RequestParam.class))
                .map(named -> StringUtils.hasText(named.value()) ? named.value() : parameter.getName());
    }

    /** Something that the form may well take. */
    private String value(String name, Class<?> type) {
        if (type == boolean.class) {
            return "true";
        }
        if (type == int.class || type == long.class) {
            return "1";
        }
        return switch (name) {
            case "email", "emails" -> "added-" + UUID.randomUUID() + "@" + suffix;
            case "role", "roles" -> "incentives-user";
            case "secondFactor" -> "optional";
            case "language" -> "fr";
            case "next" -> "/";
            default -> "Something typed";
        };
    }

    private static List<HttpMethod> writing(Set<RequestMethod> methods) {
        return methods.stream()
                .map(RequestMethod::asHttpMethod)
                .filter(WRITING::contains)
                .toList();
    }

    /** A sum over what belongs to other partners and to the vendor, table by table. */
    private Map<String, String> rowsOfOthers(PartnerId own) {
        var sums = new TreeMap<String, String>();
        var tables = sql.fetch("""
                select table_schema, table_name from information_schema.columns
                where column_name = 'partner_id' and table_schema not in ('web', 'audit')
                  and (table_schema, table_name) in (select schemaname, tablename from pg_tables)""");
        for (var table : tables) {
            var name = table.get(0) + "." + table.get(1);
            var row = sql.fetchSingle(
                    "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') from "
                            + name + " t where partner_id is distinct from " + own);
            sums.put(name, row.get(0, String.class));
        }
        return sums;
    }

    private PartnerId partner(String name) {
        var id = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(List.of(new Partner(id, name + "-" + id, name, "FR")), List.of());
        return id;
    }

    private SignedIn administrator(PartnerId partner) {
        var email = "root-" + partner + "@" + suffix;
        users.create(partner, email, "Root", List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)), "test");
        users.choosePassword(email, "tidal-otter-lamp-94");
        return users.find(email).orElseThrow();
    }
}
