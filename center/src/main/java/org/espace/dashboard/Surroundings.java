package org.espace.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.earnings.Earnings;
import org.espace.earnings.Refreshed;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Frame;
import org.espace.web.Frame.Workspace;
import org.espace.web.FrameSource;
import org.espace.web.Right;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/** Whose data a page shows, how fresh it is, and where one can go from there. */
@Component
class Surroundings implements FrameSource {

    private final Partners partners;
    private final Earnings earnings;

    Surroundings(Partners partners, Earnings earnings) {
        this.partners = partners;
        this.earnings = earnings;
    }

    @Override
    public Frame frame(HttpServletRequest request) {
        return Access.user(request).map(user -> frame(request, user)).orElse(Frame.BARE);
    }

    private Frame frame(HttpServletRequest request, SignedIn user) {
        var partner = inPath(request)
                .filter(wanted -> user.may(Right.SEE_EARNINGS, wanted))
                .or(user::partner)
                .filter(_ -> !user.temporaryPassword())
                .flatMap(partners::find);
        var workspaces = partner.map(one -> ofPartner(request, one)).orElseGet(() -> ofVendor(request, user));
        var refreshed = workspaces.isEmpty() ? Optional.<Refreshed>empty() : earnings.lastRefresh();
        return new Frame(
                user.name(),
                user.email(),
                partner.map(Partner::name).orElse(null),
                partner.isPresent() && user.may(Right.OPERATE),
                workspaces,
                refreshed.map(Refreshed::asOf).orElse(null),
                refreshed.map(Refreshed::next).orElse(null));
    }

    private static List<Workspace> ofPartner(HttpServletRequest request, Partner partner) {
        var home = "/partners/" + partner.id() + "/earnings";
        var lines = home + "/lines";
        var next = "/partners/" + partner.id() + "/next";
        var terms = "/partners/" + partner.id() + "/terms";
        var path = request.getRequestURI();
        return List.of(
                new Workspace("earnings", home, path.equals(home)),
                new Workspace("lines", lines, path.startsWith(lines)),
                new Workspace("next", next, path.equals(next)),
                new Workspace("terms", terms, path.startsWith(terms)));
    }

    private static List<Workspace> ofVendor(HttpServletRequest request, SignedIn user) {
        if (!user.may(Right.OPERATE)) {
            return List.of();
        }
        var path = request.getRequestURI();
        var rest = Stream.of("partners", "loads", "runs", "periods", "terms")
                .map(name -> new Workspace(name, "/console/" + name, isUnder(name, path)));
        return Stream.concat(Stream.of(new Workspace("overview", "/console", path.equals("/console"))), rest)
                .toList();
    }

    /** Simulations are about terms. */
    private static boolean isUnder(String name, String path) {
        return path.startsWith("/console/" + name)
                || (name.equals("terms") && path.startsWith("/console/simulations"));
    }

    private static Optional<PartnerId> inPath(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("partner") instanceof String text
                        && text.matches("\\d{1,9}")
                ? Optional.of(PartnerId.of(text))
                : Optional.empty();
    }
}
