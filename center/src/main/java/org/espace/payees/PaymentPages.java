package org.espace.payees;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.access.Places;
import org.espace.access.Scope;
import org.espace.partners.Countries;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.AssignmentStore.Payable;
import org.espace.payees.PaymentQuery.Part;
import org.espace.payees.Profile.Kind;
import org.espace.payees.Profile.Version;
import org.espace.programs.Programs;
import org.espace.web.Form;
import org.espace.web.Formats;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What a partner's pages about its payment show. */
@Component
class PaymentPages {

    private final Profiles profiles;
    private final Payees payees;
    private final Partners partners;
    private final Programs programs;
    private final Clock clock;

    PaymentPages(Profiles profiles, Payees payees, Partners partners, Programs programs, Clock clock) {
        this.profiles = profiles;
        this.payees = payees;
        this.partners = partners;
        this.programs = programs;
        this.clock = clock;
    }

    /**
     * Bank profiles are the organization's; of the rest, what the reader's role holds for and the query asks for.
     *
     * @param managed of what they may also change something
     */
    ModelAndView overview(PaymentQuery query, Scope seen, Scope managed, Locale locale) {
        var partner = query.partner();
        var banks = profiles.banks(partner);
        var locations = partners.locations(partner).stream()
                .filter(location -> seen.touches(location.id()) && query.finds(location))
                .toList();
        var taxed = taxed(query, locations);
        return new ModelAndView(
                "payees/payment",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "query",
                        query,
                        "banks",
                        banks,
                        "locations",
                        taxed,
                        "taxes",
                        profiles.taxProfiles(
                                taxed.rows().stream().map(Location::id).toList()),
                        "payables",
                        payables(query, seen, locations, banks, locale),
                        "managed",
                        managed,
                        "today",
                        today()));
    }

    private Part<Location> taxed(PaymentQuery query, List<Location> locations) {
        var standings = payees.taxStandings(locations.stream().map(Location::id).toList());
        return Part.of(
                locations.stream()
                        .filter(location -> query.finds(standings.getOrDefault(location.id(), PayeeStanding.MISSING)))
                        .toList(),
                query.taxes());
    }

    private Part<PayableView> payables(
            PaymentQuery query, Scope seen, List<Location> locations, List<Profile> banks, Locale locale) {
        var names = new LinkedHashMap<LocationId, String>();
        locations.forEach(location -> names.put(location.id(), location.name()));
        var standings = payees.standings(names.keySet());
        var part = Part.of(
                payees.payables(query.partner()).stream()
                        .filter(payable -> names.containsKey(payable.location())
                                && seen.holds(payable.location(), payable.program())
                                && query.finds(standing(standings, payable)))
                        .toList(),
                query.programs());
        var assigned = assigned(part.rows(), banks);
        var programNames =
                Places.of(query.partner(), partners, programs, locale).programs();
        return new Part<>(
                part.rows().stream()
                        .map(payable -> new PayableView(
                                payable.location(),
                                names.getOrDefault(payable.location(), ""),
                                payable.program(),
                                programNames.getOrDefault(payable.program(), payable.program()),
                                assigned.getOrDefault(payable, Map.of()),
                                standing(standings, payable)))
                        .toList(),
                part.found(),
                part.number());
    }

    private static PayeeStanding standing(Map<LocationId, Map<String, PayeeStanding>> standings, Payable payable) {
        return standings
                .getOrDefault(payable.location(), Map.of())
                .getOrDefault(payable.program(), PayeeStanding.MISSING);
    }

    /** What the bank profiles are called that count now. */
    private Map<Payable, Map<EarningType, String>> assigned(List<Payable> payables, List<Profile> banks) {
        var names = banks.stream().collect(toMap(Profile::id, Profile::subject));
        var assigned = new HashMap<Payable, Map<EarningType, String>>();
        payees.history(payables.stream().map(Payable::location).distinct().toList())
                .forEach(assignment -> assigned.computeIfAbsent(
                                new Payable(assignment.location(), assignment.program()), _ -> new HashMap<>())
                        .put(assignment.type(), names.getOrDefault(assignment.profile(), "")));
        return assigned;
    }

    /** @param numbers what is sealed, in clear; empty unless somebody has just asked for it */
    ModelAndView profile(PartnerId partner, int id, Scope seen, Scope managed, Map<String, String> numbers, Form form) {
        var profile = profiles.profile(partner, id);
        if (profile.location() != null && !seen.touches(profile.location())) {
            throw new ProfileNotFound("profile " + id);
        }
        var standards = payees.standards(partner);
        var locations = partners.locations(partner).stream()
                .filter(location -> seen.touches(location.id()))
                .toList();
        return form.on(
                "payees/profile",
                Map.ofEntries(
                        entry("partner", partners.partner(partner)),
                        entry("profile", profile),
                        entry("title", title(profile)),
                        entry("numbers", numbers),
                        entry("manages", isManaged(profile, managed)),
                        entry("managed", managed),
                        entry(
                                "defaults",
                                locations.stream()
                                        .filter(location -> Integer.valueOf(id).equals(standards.get(location.id())))
                                        .toList()),
                        entry(
                                "withoutDefault",
                                locations.stream()
                                        .filter(location ->
                                                managed.holds(location.id()) && !standards.containsKey(location.id()))
                                        .toList()),
                        entry("legalName", profiles.legalName(partner)),
                        entry("today", today())));
    }

    static boolean isManaged(Profile profile, Scope managed) {
        var location = profile.location();
        return location == null ? managed.isEverything() : managed.holds(location);
    }

    private String title(Profile profile) {
        var location = profile.location();
        return location == null
                ? profile.subject()
                : partners.location(location).name();
    }

    /** Which country and which sheet: the question before the fields. */
    ModelAndView choice(
            PartnerId partner, Kind kind, String action, @Nullable Location location, Form form, Locale locale) {
        var model = new HashMap<String, Object>(Map.of(
                "partner",
                partners.partner(partner),
                "kind",
                kind,
                "action",
                action,
                "countries",
                countries(locale),
                "sheets",
                sheets(kind, locale)));
        if (location != null) {
            model.put("location", location);
        }
        return form.on("payees/choice", model);
    }

    /**
     * The fields of one sheet.
     *
     * @param before what the profile says so far: secrets that are left empty stay
     */
    ModelAndView sheet(
            PartnerId partner,
            String action,
            Sheet sheet,
            String country,
            @Nullable Profile before,
            @Nullable Location location,
            Form form,
            Locale locale) {
        var kept = Optional.ofNullable(before)
                .map(Profile::current)
                .filter(version -> version.sheet() == sheet && version.country().equals(country));
        var model = new HashMap<String, Object>(Map.of(
                "partner",
                partners.partner(partner),
                "action",
                action,
                "sheet",
                sheet,
                "country",
                country,
                "blanks",
                sheet.blanks(country),
                "kept",
                kept.map(PaymentPages::masked).orElse(Map.of()),
                "hasDocument",
                kept.map(Version::document).isPresent(),
                "currencies",
                currencies(locale)));
        if (before != null) {
            model.put("profile", before);
        }
        if (location != null) {
            model.put("location", location);
        }
        return form.on("payees/sheet", model);
    }

    private static Map<String, String> masked(Version version) {
        return version.entries().stream()
                .filter(Profile.Entry::isSealed)
                .collect(toMap(Profile.Entry::field, Profile.Entry::masked));
    }

    /** What stands in the fields at first: what the profile says, else what is likely. Never what is sealed. */
    Form prefilled(PartnerId partner, String country, Sheet sheet, @Nullable Profile before) {
        var values = new HashMap<String, String>();
        values.put("holder", profiles.legalName(partner));
        Optional.ofNullable(Currency.getInstance(Locale.of("", country)))
                .ifPresent(currency -> values.put("currency", currency.getCurrencyCode()));
        if (before != null) {
            var version = before.current();
            values.put("holder", version.holder());
            Optional.ofNullable(version.currency())
                    .ifPresent(currency -> values.put("currency", currency.getCurrencyCode()));
            if (version.sheet() == sheet) {
                version.entries().stream()
                        .filter(entry -> !entry.isSealed())
                        .forEach(entry -> values.put(entry.field(), entry.shown()));
                version.lastDay().ifPresent(day -> values.put("valid-until", day.toString()));
            }
        }
        return Form.holding(values);
    }

    /** What was typed, without what is secret in it: that has to be typed again. */
    static Form refused(Map<String, String> typed, Map<String, String> faults) {
        var shown = new HashMap<>(typed);
        Arrays.stream(Sheet.values())
                .flatMap(sheet -> Blank.secretFields(sheet).stream())
                .forEach(shown::remove);
        return new Form(shown, faults);
    }

    ModelAndView assignment(PartnerId partner, LocationId location, String program, Form form, Locale locale) {
        var places = Places.of(partner, partners, programs, locale);
        var names = new LinkedHashMap<String, String>();
        profiles.banks(partner).forEach(profile -> names.put(Integer.toString(profile.id()), profile.subject()));
        return form.on(
                "payees/assignment",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "location",
                        location,
                        "locationName",
                        places.locations().getOrDefault(location.value(), ""),
                        "program",
                        program,
                        "programName",
                        places.programs().getOrDefault(program, program),
                        "names",
                        names));
    }

    Form assigned(LocationId location, String program) {
        var values = new HashMap<String, String>();
        for (var type : EarningType.values()) {
            payees.assigned(location, program, type)
                    .ifPresent(profile -> values.put(type.code(), Integer.toString(profile)));
        }
        return Form.holding(values);
    }

    private static Map<String, String> countries(Locale locale) {
        var formats = Formats.in(locale);
        var names = new LinkedHashMap<String, String>();
        Countries.sorted(locale).forEach(country -> names.put(country, formats.country(country)));
        return names;
    }

    private static Map<String, String> sheets(Kind kind, Locale locale) {
        var words = Messages.in(locale);
        var names = new LinkedHashMap<String, String>();
        Arrays.stream(Sheet.values())
                .filter(sheet -> sheet.kind() == kind)
                .forEach(sheet -> names.put(sheet.code(), words.text("payment.sheet." + sheet.code())));
        return names;
    }

    private static Map<String, String> currencies(Locale locale) {
        var formats = Formats.in(locale);
        var names = new LinkedHashMap<String, String>();
        Filled.currencies()
                .forEach(code -> names.put(code, code + " – " + formats.currencyName(Currency.getInstance(code))));
        return names;
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
