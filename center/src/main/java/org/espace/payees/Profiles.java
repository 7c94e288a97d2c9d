package org.espace.payees;

import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.documents.Document;
import org.espace.documents.DocumentRefused;
import org.espace.documents.Documents;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Organizations;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.Profile.Entry;
import org.espace.payees.Profile.Kind;
import org.espace.payees.Profile.Reason;
import org.espace.payees.Profile.Verdict;
import org.espace.payees.QueueQuery.State;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.espace.web.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to bank and tax profiles: handed in by the partner, validated by the vendor. Numbers of accounts and taxes are
 * sealed before they are kept; what leaves this door shows their end, unless somebody asks for them by name.
 */
@Service
public class Profiles {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_COMMENT = 1_000;
    private static final int MOST_PARTNERS = 500;

    /** Long enough that a server that stood still tells of what has ended meanwhile. */
    private static final int DAYS_BACK = 30;

    private final ProfileStore store;
    private final AssignmentStore assignments;
    private final Partners partners;
    private final Organizations organizations;
    private final Documents documents;
    private final Secrets secrets;
    private final PaymentNews news;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Profiles(
            ProfileStore store,
            AssignmentStore assignments,
            Partners partners,
            Organizations organizations,
            Documents documents,
            Secrets secrets,
            PaymentNews news,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.assignments = assignments;
        this.partners = partners;
        this.organizations = organizations;
        this.documents = documents;
        this.secrets = secrets;
        this.news = news;
        this.events = events;
        this.clock = clock;
    }

    /** Bank profiles by name, then tax profiles. */
    List<Profile> of(PartnerId partner) {
        return store.of(partner);
    }

    /** @throws ProfileNotFound for another partner's, too */
    Profile profile(PartnerId partner, int id) {
        return store.find(id)
                .filter(profile -> profile.partner().equals(partner))
                .orElseThrow(() -> new ProfileNotFound("profile " + id));
    }

    Profile ofVersion(int version) {
        return store.ofVersion(version).orElseThrow(() -> new ProfileNotFound("version " + version));
    }

    /** The number of the profile that a version belongs to. */
    public int idOf(int version) {
        return ofVersion(version).id();
    }

    Optional<Profile> taxProfile(LocationId location) {
        return store.taxProfile(location);
    }

    /** By name. */
    List<Profile> banks(PartnerId partner) {
        return store.banks(partner);
    }

    Map<LocationId, Profile> taxProfiles(Collection<LocationId> locations) {
        return store.taxProfiles(locations).stream()
                .collect(Collectors.toMap(profile -> Objects.requireNonNull(profile.location()), profile -> profile));
    }

    /**
     * One page of those without a verdict, the longest waiting first.
     *
     * @param counts how many there are in each state, with the rest of the query the same
     */
    record Queue(List<Profile> rows, Map<State, Integer> counts) {}

    Queue queue(QueueQuery query, int size) {
        var named = named(query.text());
        var today = today();
        var counts = new EnumMap<State, Integer>(State.class);
        for (var state : State.values()) {
            counts.put(state, store.countUndecided(query, state, named, today));
        }
        return new Queue(store.undecided(query, named, today, query.page() * size, size), counts);
    }

    private Collection<PartnerId> named(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.concat(
                                partners.search(text, MOST_PARTNERS).stream().map(Partner::id),
                                partners.findLocation(text).stream().map(Location::partner))
                        .distinct()
                        .toList();
    }

    /**
     * From the field profile-name and those of {@link Filled#read}. The same again changes nothing.
     *
     * @return the version that waits for a verdict
     * @throws FormRefused with the fields at fault; another profile may have the name
     */
    @Transactional
    public int handInBank(PartnerId partner, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var name = fields.needed("profile-name", LONGEST_NAME);
        var filled = Filled.read(fields, Kind.BANK, null, today());
        store.lock(partner);
        var namesake = store.of(partner).stream()
                .filter(profile -> name.equalsIgnoreCase(profile.name()))
                .findFirst();
        if (namesake.isPresent() && !filled.equals(clear(namesake.get()))) {
            fields.fault("profile-name", "profile-name-taken");
        }
        fields.refuseFaulty();
        return namesake.filter(profile -> stays(profile, filled))
                .map(profile -> profile.current().id())
                .orElseGet(() -> {
                    var id = namesake.map(Profile::id)
                            .orElseGet(() -> store.insert(partner, name, null, clock.instant(), by));
                    return keep(partner, id, name, filled, null, by);
                });
    }

    /**
     * A new version, from the fields of {@link Filled#read}: secrets that are left empty stay as they are.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public int changeBank(PartnerId partner, int id, Map<String, String> typed, String by) {
        store.lock(partner);
        var profile = profile(partner, id);
        if (profile.kind() != Kind.BANK) {
            throw new ProfileNotFound("bank profile " + id);
        }
        var before = clear(profile);
        var fields = new Fields(typed);
        var filled = Filled.read(fields, Kind.BANK, before, today());
        fields.refuseFaulty();
        return stays(profile, filled) ? profile.current().id() : keep(partner, id, profile.subject(), filled, null, by);
    }

    /** Whether handing it in would say nothing new: what was sent back may be handed in again as it is. */
    private boolean stays(Profile profile, Filled filled) {
        var version = profile.current();
        var verdict = version.verdict();
        return (verdict == null || verdict.approved())
                && version.holderDiffers() == differs(profile.partner(), filled)
                && filled.equals(clear(profile));
    }

    /**
     * The location's tax profile or a new version of it, from the fields of {@link Filled#read} and a document, which may be
     * empty where there is one already or none is needed.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public int handInTax(
            PartnerId partner, LocationId location, Map<String, String> typed, InputStream content, String by) {
        requireOwn(partner, location);
        store.lock(partner);
        var profile = store.taxProfile(location);
        var before = profile.map(this::clear).orElse(null);
        var fields = new Fields(typed);
        var filled = Filled.read(fields, Kind.TAX, before, today());
        var kept = profile.map(Profile::current)
                .filter(version -> version.sheet() == filled.sheet())
                .map(Profile.Version::document);
        var document = document(fields, content, kept.orElse(null));
        if (document == null && filled.sheet().needsDocument()) {
            fields.fault("document", "missing");
        }
        fields.refuseFaulty();
        if (profile.isPresent()
                && stays(profile.get(), filled)
                && Objects.equals(document, profile.get().current().document())) {
            return profile.get().current().id();
        }
        var id = profile.map(Profile::id).orElseGet(() -> store.insert(partner, null, location, clock.instant(), by));
        return keep(partner, id, "tax profile of location " + location, filled, document, by);
    }

    private @Nullable Document document(Fields fields, InputStream content, @Nullable Document kept) {
        try {
            return documents.keep(content);
        } catch (DocumentRefused refused) {
            switch (refused.why()) {
                case EMPTY -> {
                    return kept;
                }
                case TOO_LARGE -> fields.fault("document", "document-large");
                case UNKNOWN_TYPE -> fields.fault("document", "document-type");
            }
            return null;
        }
    }

    private int keep(
            PartnerId partner, int profile, String subject, Filled filled, @Nullable Document document, String by) {
        var version = store.insert(partner, profile, filled, differs(partner, filled), document, clock.instant(), by);
        for (var blank : filled.sheet().blanks(filled.country())) {
            var value = filled.values().get(blank.field());
            if (value != null && blank.isSecret()) {
                var sealed = secrets.seal(value, purpose(version, blank.field()));
                store.insertSealed(partner, version, blank.field(), sealed, Entry.tail(value));
            } else if (value != null) {
                store.insert(partner, version, blank.field(), value);
            }
        }
        var what = filled.sheet().kind() == Kind.BANK ? "payment.bank-handed-in" : "payment.tax-handed-in";
        events.publishEvent(Act.of(what, by, partner.value(), subject)
                .changing(Map.of(), Map.of("sheet", filled.sheet().code(), "country", filled.country())));
        tell(store.find(profile).orElseThrow());
        return version;
    }

    /** Banks refuse what is paid to another name; a location's taxes may be owed in another one. */
    private boolean differs(PartnerId partner, Filled filled) {
        return filled.sheet().kind() == Kind.BANK && !LegalName.isSame(filled.holder(), legalName(partner));
    }

    /** As the partner states it, else as the vendor has it. */
    String legalName(PartnerId partner) {
        var organization = organizations.organization(partner);
        var stated = organization.profile();
        return stated == null ? organization.partner().name() : stated.legalName();
    }

    /**
     * From the field accepted-because, which is needed where the account is in another name than the organization's.
     *
     * @throws FormRefused without it
     * @throws VersionDecided when it has a verdict or has been replaced
     * @throws EnteredByYou when whoever decides has handed it in
     */
    @Transactional
    public void approve(int version, Map<String, String> typed, String by) {
        var profile = locked(version, by);
        var fields = new Fields(typed);
        var comment = profile.current().holderDiffers() ? fields.lines("accepted-because", 10, LONGEST_COMMENT) : null;
        fields.refuseFaulty();
        decide(profile, new Verdict(true, null, comment, clock.instant(), by));
    }

    /**
     * From the fields reason, a code of {@link Reason}, and payment-comment, which is needed where the reason says nothing.
     *
     * @throws FormRefused with the fields at fault
     * @throws VersionDecided when it has a verdict or has been replaced
     * @throws EnteredByYou when whoever decides has handed it in
     */
    @Transactional
    public void sendBack(int version, Map<String, String> typed, String by) {
        var profile = locked(version, by);
        var fields = new Fields(typed);
        var reason = Reason.of(fields.needed("reason", 40));
        if (reason.isEmpty()) {
            fields.fault("reason", "choice");
        }
        var comment = reason.filter(Reason.OTHER::equals).isPresent()
                ? fields.needed("payment-comment", LONGEST_COMMENT)
                : fields.optional("payment-comment", LONGEST_COMMENT);
        fields.refuseFaulty();
        decide(profile, new Verdict(false, reason.orElseThrow(), comment, clock.instant(), by));
    }

    /**
     * What came of many at once.
     *
     * @param left why the others stay undecided, as {@code payment.left.…} words it
     */
    record Bulk(List<Profile> approved, Map<Profile, String> left) {}

    /** Approves those that can be without a word, and leaves the others; on trial it only says which. */
    @Transactional
    Bulk approve(List<Integer> versions, boolean trial, String by) {
        var bulk = new Bulk(new ArrayList<>(), new LinkedHashMap<>());
        for (var profile : store.ofVersions(versions)) {
            var version = profile.current();
            if (!versions.contains(version.id()) || version.verdict() != null) {
                bulk.left.put(profile, "decided");
            } else if (version.handedInBy().equals(by)) {
                bulk.left.put(profile, "yours");
            } else if (version.standing(today()) != PayeeStanding.PENDING_VALIDATION) {
                bulk.left.put(profile, "name");
            } else {
                bulk.approved.add(profile);
            }
        }
        if (!trial) {
            bulk.approved.forEach(profile -> approve(profile.current().id(), Map.of(), by));
        }
        return bulk;
    }

    private Profile locked(int version, String by) {
        store.lock(ofVersion(version).partner());
        var profile = ofVersion(version);
        if (profile.current().id() != version || profile.current().verdict() != null) {
            throw new VersionDecided(version);
        }
        if (profile.current().handedInBy().equals(by)) {
            throw new EnteredByYou(version);
        }
        return profile;
    }

    private void decide(Profile profile, Verdict verdict) {
        var partner = profile.partner();
        store.insert(partner, profile.current().id(), verdict);
        var after = new HashMap<String, String>();
        Optional.ofNullable(verdict.reason()).ifPresent(reason -> after.put("reason", reason.code()));
        Optional.ofNullable(verdict.comment()).ifPresent(comment -> after.put("comment", comment));
        events.publishEvent(Act.of(
                        verdict.approved() ? "payment.approved" : "payment.sent-back",
                        verdict.by(),
                        partner.value(),
                        profile.subject())
                .changing(Map.of(), after));
        news.decided(profile, verdict);
        tell(profile);
    }

    private void tell(Profile profile) {
        var location = profile.location();
        events.publishEvent(
                new PayeesChanged(location == null ? assignments.paidInto(profile.id()) : Set.of(location)));
    }

    /** The sealed fields of the latest version in clear. That somebody has asked for them is an act. */
    @Transactional
    Map<String, String> reveal(Profile profile, String by) {
        var clear = opened(profile.current().id());
        events.publishEvent(Act.of("payment.revealed", by, profile.partner().value(), profile.subject())
                .changing(
                        Map.of(),
                        Map.of("fields", clear.keySet().stream().sorted().collect(Collectors.joining(", ")))));
        return clear;
    }

    private Map<String, String> opened(int version) {
        var clear = new LinkedHashMap<String, String>();
        store.sealed(version).forEach((field, kept) -> clear.put(field, secrets.open(kept, purpose(version, field))));
        return clear;
    }

    private Filled clear(Profile profile) {
        var version = profile.current();
        var values = opened(version.id());
        version.entries().stream()
                .filter(entry -> !entry.isSealed())
                .forEach(entry -> values.put(entry.field(), entry.shown()));
        return new Filled(
                version.sheet(), version.country(), version.currency(), version.holder(), values, version.until());
    }

    static String purpose(int version, String field) {
        return "payees.entry:" + version + ":" + field;
    }

    /** Asks again for documents that end soon, once 60, 30 and 7 days before, and says so when they have ended. */
    @Transactional
    public void remind() {
        var today = today();
        for (var profile :
                store.ending(today.minusDays(DAYS_BACK), today.plusDays(PaymentNews.DAYS_AHEAD.getFirst()))) {
            var until = Objects.requireNonNull(profile.current().until());
            news.ending(profile, until, today);
            if (!today.isBefore(until)) {
                tell(profile);
            }
        }
    }

    void requireOwn(PartnerId partner, LocationId location) {
        if (!partners.location(location).partner().equals(partner)) {
            throw new ProfileNotFound("location " + location);
        }
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
