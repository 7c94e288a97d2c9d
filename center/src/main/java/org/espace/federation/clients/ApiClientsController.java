package org.espace.federation.clients;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.espace.access.Access;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** An organization's machines. */
@Controller
@RequestMapping("/partners/{partner}/sign-in/machines")
@Needs(Right.MANAGE_SIGN_IN)
class ApiClientsController {

    private final ApiClients clients;
    private final ApiClientsPages pages;
    private final Partners partners;

    ApiClientsController(ApiClients clients, ApiClientsPages pages, Partners partners) {
        this.clients = clients;
        this.pages = pages;
        this.partners = partners;
    }

    @GetMapping
    ModelAndView page(@PathVariable PartnerId partner) {
        return pages.page(partners.partner(partner).id());
    }

    @PostMapping
    ModelAndView create(
            @PathVariable PartnerId partner,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> scopes,
            HttpServletRequest request,
            HttpServletResponse response) {
        return pages.create(partners.partner(partner).id(), name, scopes, by(request), response);
    }

    @PostMapping("/{client}/secrets")
    ModelAndView addSecret(
            @PathVariable PartnerId partner,
            @PathVariable int client,
            HttpServletRequest request,
            HttpServletResponse response) {
        return pages.addSecret(partner, client, by(request), response);
    }

    @PostMapping("/{client}/secrets/{secret}/revocation")
    String revoke(
            @PathVariable PartnerId partner,
            @PathVariable int client,
            @PathVariable int secret,
            HttpServletRequest request) {
        clients.revokeSecret(partner, client, secret, by(request));
        return "redirect:/partners/" + partner + "/sign-in/machines";
    }

    @PostMapping("/{client}/removal")
    String remove(@PathVariable PartnerId partner, @PathVariable int client, HttpServletRequest request) {
        clients.remove(partner, client, by(request));
        return "redirect:/partners/" + partner + "/sign-in/machines";
    }

    private static String by(HttpServletRequest request) {
        return Access.caller(request).orElseThrow().getName();
    }
}
