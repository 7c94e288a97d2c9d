package org.espace.federation.clients;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.espace.access.Access;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The vendor's machines, which ask for every partner. */
@Controller
@RequestMapping("/console/machines")
@Needs(Right.MANAGE_VENDOR_USERS)
class VendorClientsController {

    private final ApiClients clients;
    private final ApiClientsPages pages;

    VendorClientsController(ApiClients clients, ApiClientsPages pages) {
        this.clients = clients;
        this.pages = pages;
    }

    @GetMapping
    ModelAndView page() {
        return pages.page(null);
    }

    @PostMapping
    ModelAndView create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> scopes,
            HttpServletRequest request,
            HttpServletResponse response) {
        return pages.create(null, name, scopes, by(request), response);
    }

    @PostMapping("/{client}/secrets")
    ModelAndView addSecret(@PathVariable int client, HttpServletRequest request, HttpServletResponse response) {
        return pages.addSecret(null, client, by(request), response);
    }

    @PostMapping("/{client}/secrets/{secret}/revocation")
    String revoke(@PathVariable int client, @PathVariable int secret, HttpServletRequest request) {
        clients.revokeSecret(null, client, secret, by(request));
        return "redirect:/console/machines";
    }

    @PostMapping("/{client}/removal")
    String remove(@PathVariable int client, HttpServletRequest request) {
        clients.remove(null, client, by(request));
        return "redirect:/console/machines";
    }

    private static String by(HttpServletRequest request) {
        return Access.caller(request).orElseThrow().getName();
    }
}
