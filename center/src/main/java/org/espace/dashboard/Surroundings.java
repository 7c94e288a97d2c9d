package org.espace.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.earnings.Earnings;
import org.espace.earnings.Refreshed;
import org.espace.onboarding.SetUps;
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

    private static final String REMEMBERED = Surroundings.class.getName() + ".frame";

    private final Partners partners;
    private final Earnings earnings;
    private final SetUps setUps;

    Surroundings(Partners partners, Earnings earnings, SetUps setUps) {
        this.partners = partners;
        this.earnings = earnings;
        this.setUps = setUps;
    }

    /** Looked up once for a request: a page that reads all at one moment asks for it first. */
    @Override
    public Frame frame(HttpServletRequest request) {
        if (request.getAttribute(REMEMBERED) instanceof Frame known) {
            return known;
        }
        var frame = Access.user(request).map(user -> frame(request, user)).orElse(Frame.BARE);
        request.setAttribute(REMEMBERED, frame);
        return frame;
    }

    private Frame frame(HttpServletRequest request, SignedIn user) {
        var partner = inPath(request)
                .filter(wanted -> user.may(Right.SEE_ORGANIZATION, wanted))
                .or(user::partner)
                .filter(_ -> user.owes() == null)
                .flatMap(partners::find);
        var rights = rights(user, partner.map(Partner::id));
        var workspaces = partner.map(one -> ofPartner(request, rights, one)).orElseGet(() -> ofVendor(request, rights));
        var refreshed = workspaces.isEmpty() ? Optional.<Refreshed>empty() : earnings.lastRefresh();
        return new Frame(
                user.name(),
                user.email(),
                partner.map(Partner::name).orElse(null),
                rights,
                partner.isPresent() && user.may(Right.SEE_CONSOLE),
                workspaces,
                refreshed.map(Refreshed::asOf).orElse(null),
                refreshed.map(Refreshed::next).orElse(null));
    }

    private static Set<Right> rights(SignedIn user, Optional<PartnerId> partner) {
        return Arrays.stream(Right.values())
                .filter(right -> partner.map(one -> user.may(right, one)).orElseGet(() -> user.may(right)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class)));
    }

    /**
     * An entry of the navigation: only whoever holds the right sees it.
     *
     * @param others further paths that belong to it
     */
    private record Entry(String name, String path, Right right, List<String> others) {

        Entry(String name, String path, Right right) {
            this(name, path, right, List.of());
        }

        boolean holds(String opened) {
            return Stream.concat(Stream.of(path), others.stream())
                    .anyMatch(one -> opened.equals(one) || opened.startsWith(one + "/"));
        }
    }

    private List<Workspace> ofPartner(HttpServletRequest request, Set<Right> rights, Partner partner) {
        var base = "/partners/" + partner.id();
        if (setUps.isWaiting(partner.id(), request)) {
            return workspaces(
                    request,
                    rights,
                    new Entry("earnings", base + "/earnings", Right.SEE_EARNINGS),
                    new Entry("setup", base + "/setup", Right.MANAGE_USERS),
                    new Entry("enrollments", base + "/enrollments", Right.SEE_ENROLLMENTS),
                    new Entry("terms", base + "/terms", Right.SEE_PROGRAMS),
                    new Entry("users", base + "/users", Right.SEE_USERS),
                    new Entry("organization", base + "/organization", Right.SEE_ORGANIZATION),
                    new Entry("activity", base + "/activity", Right.SEE_ACTIVITY));
        }
        return workspaces(
                request,
                rights,
                new Entry("earnings", base + "/earnings", Right.SEE_EARNINGS),
                new Entry("lines", base + "/earnings/lines", Right.SEE_EARNINGS),
                new Entry("next", base + "/next", Right.SEE_EARNINGS),
                new Entry("statements", base + "/statements", Right.SEE_EARNINGS),
                new Entry("enrollments", base + "/enrollments", Right.SEE_ENROLLMENTS),
                new Entry("terms", base + "/terms", Right.SEE_PROGRAMS),
                certifications(base, rights),
                new Entry("payment", base + "/payment", Right.SEE_PAYMENT_PROFILES),
                new Entry("users", base + "/users", Right.SEE_USERS),
                new Entry("organization", base + "/organization", Right.SEE_ORGANIZATION),
                new Entry("sign-in", base + "/sign-in", Right.MANAGE_SIGN_IN),
                new Entry("activity", base + "/activity", Right.SEE_ACTIVITY));
    }

    /** Whoever does not see the company's sees their own. */
    private static Entry certifications(String base, Set<Right> rights) {
        return rights.contains(Right.SEE_CERTIFICATIONS)
                ? new Entry(
                        "certifications",
                        base + "/certifications",
                        Right.SEE_CERTIFICATIONS,
                        List.of("/certifications"))
                : new Entry("certifications", "/certifications", Right.GO_HOME);
    }

    private static List<Workspace> ofVendor(HttpServletRequest request, Set<Right> rights) {
        return workspaces(
                request,
                rights,
                new Entry("overview", "/console", Right.SEE_CONSOLE),
                new Entry(
                        "partners",
                        "/console/partners",
                        Right.SEE_CONSOLE,
                        List.of("/console/verification", "/console/agreements", "/console/setup")),
                new Entry(
                        "enrollments",
                        "/console/enrollments",
                        Right.SEE_CONSOLE,
                        List.of("/console/eligibility", "/console/measures")),
                new Entry("payment", "/console/payment", Right.VALIDATE_PAYMENT_PROFILES),
                new Entry("loads", "/console/loads", Right.SEE_CONSOLE),
                new Entry("runs", "/console/runs", Right.SEE_CONSOLE),
                new Entry("periods", "/console/periods", Right.SEE_CONSOLE, List.of("/console/adjustments")),
                new Entry("terms", "/console/terms", Right.SEE_CONSOLE, List.of("/console/simulations")),
                new Entry(
                        "certifications",
                        "/console/certifications",
                        Right.SEE_CONSOLE,
                        List.of("/console/competencies", "/console/results", "/console/learners")),
                new Entry(
                        "people",
                        "/console/people",
                        Right.MANAGE_VENDOR_USERS,
                        List.of("/console/sign-in", "/console/machines", "/console/domains")),
                new Entry("audit", "/console/audit", Right.SEE_AUDIT),
                new Entry("outbox", "/console/outbox", Right.SEE_CONSOLE));
    }

    /** Of two entries that hold the page, the narrower one is the current one. */
    private static List<Workspace> workspaces(HttpServletRequest request, Set<Right> rights, Entry... entries) {
        var path = request.getRequestURI();
        var open = Arrays.stream(entries)
                .filter(entry -> rights.contains(entry.right()))
                .toList();
        var current = open.stream()
                .filter(entry -> entry.holds(path))
                .max(Comparator.comparingInt(entry -> entry.path().length()));
        return open.stream()
                .map(entry -> new Workspace(
                        entry.name(),
                        entry.path(),
                        current.filter(entry::equals).isPresent()))
                .toList();
    }

    /** In the console a partner is what the page is about, not whose place the reader is in. */
    private static Optional<PartnerId> inPath(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/console/")
                        && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                                instanceof Map<?, ?> variables
                        && variables.get("partner") instanceof String text
                        && text.matches("\\d{1,9}")
                ? Optional.of(PartnerId.of(text))
                : Optional.empty();
    }
}
