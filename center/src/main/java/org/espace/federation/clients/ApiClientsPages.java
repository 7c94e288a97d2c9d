package org.espace.federation.clients;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.federation.TwoAreGood;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The page of an organization's machines and of the vendor's: the same one, for whom it is asked. */
@Component
class ApiClientsPages {

    private static final int LONGEST_NAME = 100;

    private final ApiClients clients;
    private final String url;

    ApiClientsPages(ApiClients clients, @Value("${espace.url:http://localhost:${server.port}}") String url) {
        this.clients = clients;
        this.url = url;
    }

    ModelAndView page(@Nullable PartnerId partner) {
        return page(partner, Map.of(), HttpStatus.OK);
    }

    ModelAndView create(
            @Nullable PartnerId partner, String name, List<String> scopes, String by, HttpServletResponse response) {
        var called = name.strip();
        var allowed = EnumSet.noneOf(ApiScope.class);
        offered(partner).stream().filter(scope -> scopes.contains(scope.code())).forEach(allowed::add);
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            return refused(partner, called, allowed, "name", "name");
        }
        if (allowed.isEmpty()) {
            return refused(partner, called, allowed, "scopes", "scopes");
        }
        try {
            return shown(partner, clients.create(partner, called, allowed, by), response);
        } catch (ApiClientExists _) {
            return refused(partner, called, allowed, "name", "name-taken");
        }
    }

    ModelAndView addSecret(@Nullable PartnerId partner, int client, String by, HttpServletResponse response) {
        try {
            return shown(partner, clients.addSecret(partner, client, by), response);
        } catch (TwoAreGood _) {
            return page(partner, Map.of("full", true), HttpStatus.CONFLICT);
        }
    }

    private ModelAndView shown(@Nullable PartnerId partner, ApiClients.Made made, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        return page(
                partner,
                Map.of(
                        "publicId",
                        made.client().publicId(),
                        "secret",
                        made.secret().value()),
                HttpStatus.OK);
    }

    private ModelAndView refused(
            @Nullable PartnerId partner, String name, Set<ApiScope> scopes, String field, String fault) {
        return page(
                partner,
                Map.of("name", name, "chosen", scopes, "field", field, "fault", fault),
                HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private ModelAndView page(@Nullable PartnerId partner, Map<String, Object> more, HttpStatus status) {
        var model = new HashMap<>(more);
        model.put("base", partner == null ? "/console" : "/partners/" + partner + "/sign-in");
        model.put("clients", clients.of(partner));
        model.put("scopes", offered(partner));
        model.put("tokenEndpoint", url + "/oauth2/token");
        return new ModelAndView("federation/machines", model, status);
    }

    private static List<ApiScope> offered(@Nullable PartnerId partner) {
        return Arrays.stream(ApiScope.values())
                .filter(scope -> partner == null || scope.isForPartners())
                .toList();
    }
}
