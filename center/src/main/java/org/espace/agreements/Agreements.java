package org.espace.agreements;

import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espace.partners.LocationType;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to what partners have signed. */
@Service
public class Agreements {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 1_000;

    private final AgreementStore store;
    private final Partners partners;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Agreements(AgreementStore store, Partners partners, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.partners = partners;
        this.events = events;
        this.clock = clock;
    }

    /** What holds for the partner on that day, one agreement of a kind at most. */
    public List<Agreement> inForce(PartnerId partner, LocalDate day) {
        return store.of(partner).stream()
                .filter(agreement -> agreement.isInForceOn(day))
                .toList();
    }

    /** All that was ever signed for the partner, the latest first. */
    public List<Agreement> of(PartnerId partner) {
        return store.of(partner);
    }

    /** All that was ever signed for anybody, the latest first. */
    public List<Agreement> all() {
        return store.all();
    }

    /** Of each kind the latest first. */
    public List<AgreementText> texts() {
        return store.texts();
    }

    public AgreementText text(AgreementKind kind, String version) {
        return store.text(kind, version).orElseThrow(() -> new AgreementNotFound(kind.code() + " " + version));
    }

    /** What the partner can sign today: of each kind that its locations call for, the text that is effective now. */
    public List<AgreementText> offered(PartnerId partner) {
        var types = partners.locations(partner).stream()
                .map(location -> location.type())
                .collect(Collectors.toSet());
        var known = EnumSet.allOf(LocationType.class).stream()
                .filter(type -> types.contains(type.code()))
                .toList();
        return EnumSet.allOf(AgreementKind.class).stream()
                .filter(kind -> kind.isFor(known))
                .flatMap(kind -> current(kind).stream())
                .toList();
    }

    private Optional<AgreementText> current(AgreementKind kind) {
        return store.texts().stream()
                .filter(text -> text.kind() == kind && !text.effective().isAfter(today()))
                .findFirst();
    }

    /**
     * From the fields kind, version, effective, months (empty: until somebody ends it), english and french. The same text
     * again changes nothing.
     *
     * @throws FormRefused with the fields at fault; a version that says something else is published already
     */
    @Transactional
    public void publish(Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var kind = AgreementKind.of(fields.needed("kind", 40));
        if (kind.isEmpty()) {
            fields.fault("kind", "choice");
        }
        var version = fields.needed("version", 40);
        if (!version.isEmpty() && !version.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
            fields.fault("version", "version");
        }
        var effective = fields.day("effective");
        if (effective.isEmpty()) {
            fields.fault("effective", "missing");
        }
        var months = months(fields);
        var english = fields.lines("english", 1, AgreementText.LONGEST);
        var french = fields.lines("french", 1, AgreementText.LONGEST);
        fields.refuseFaulty();
        var text = new AgreementText(
                kind.orElseThrow(), version, effective.orElseThrow(), months, english, french, clock.instant(), by);
        if (store.insert(text)) {
            events.publishEvent(Act.of(
                            "agreement.published", by, null, text.kind().code() + " " + version)
                    .changing(Map.of(), Map.of("effective", text.effective().toString(), "sha256", text.sha256())));
        } else if (!text(text.kind(), version).saysTheSameAs(text)) {
            throw new FormRefused("version", "version-published");
        }
    }

    private static @Nullable Integer months(Fields fields) {
        var typed = fields.optional("months", 10);
        if (typed == null) {
            return null;
        }
        var months = typed.matches("[0-9]{1,3}") ? Integer.parseInt(typed) : 0;
        if (months < 1 || months > AgreementText.MOST_MONTHS) {
            fields.fault("months", "months");
        }
        return months;
    }

    /**
     * From the fields signatory and title, and agreed, which has to be ticked. Holds from today; an earlier version ends
     * with the day on which the new one begins. The version that is in force already is not signed again.
     *
     * @throws FormRefused with the fields at fault
     * @throws AgreementNotFound when the partner cannot sign that text today
     */
    @Transactional
    public void sign(PartnerId partner, AgreementKind kind, String version, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var signatory = fields.needed("signatory", LONGEST_NAME);
        var title = fields.needed("title", LONGEST_NAME);
        if (!fields.isChecked("agreed")) {
            fields.fault("agreed", "not-agreed");
        }
        fields.refuseFaulty();
        var text = offered(partner).stream()
                .filter(offered -> offered.kind() == kind && offered.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new AgreementNotFound(kind.code() + " " + version));
        store.lock(partner);
        var today = today();
        var standing = inForce(partner, today).stream()
                .filter(agreement -> agreement.kind() == kind)
                .findFirst();
        if (standing.isPresent() && standing.get().version().equals(version)) {
            return;
        }
        standing.ifPresent(earlier -> store.end(earlier, today));
        var until = text.months() == null ? null : today.plusMonths(text.months());
        store.insert(partner, text, signatory, title, today, today, until, clock.instant(), by);
        events.publishEvent(new AgreementsChanged(partner));
        events.publishEvent(Act.of("agreement.signed", by, partner.value(), kind.code() + " " + version)
                .changing(
                        standing.map(earlier -> Map.of("version", earlier.version()))
                                .orElse(Map.of()),
                        Map.of("version", version, "signatory", signatory, "title", title, "sha256", text.sha256())));
    }

    /**
     * From the field reason: from today on it no longer holds. One that has ended stays as it ended.
     *
     * @throws FormRefused without a reason
     */
    @Transactional
    public void end(PartnerId partner, int agreement, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var reason = fields.lines("reason", 10, LONGEST_REASON);
        fields.refuseFaulty();
        store.lock(partner);
        var ending = store.of(partner).stream()
                .filter(known -> known.id() == agreement)
                .findFirst()
                .orElseThrow(() -> new AgreementNotFound(Integer.toString(agreement)));
        if (ending.until() != null && !ending.until().isAfter(today())) {
            return;
        }
        store.end(ending, today());
        store.keepReason(ending, reason, clock.instant(), by);
        events.publishEvent(new AgreementsChanged(partner));
        events.publishEvent(
                Act.of("agreement.ended", by, partner.value(), ending.kind().code() + " " + ending.version())
                        .changing(Map.of(), Map.of("until", today().toString(), "reason", reason)));
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
