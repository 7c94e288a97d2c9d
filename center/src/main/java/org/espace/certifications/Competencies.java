package org.espace.certifications;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.espace.certifications.Definition.ByPoints;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to what companies have attained, how far they are with the rest, and their capability scores. */
@Service
public class Competencies {

    /** From how long before its end on what is attained can be attained for another term. */
    static final int RENEWED_DAYS_BEFORE = 90;

    private static final int LONGEST_PAYMENT = 200;

    private final CompetencyStore store;
    private final Partners partners;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Competencies(CompetencyStore store, Partners partners, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.partners = partners;
        this.events = events;
        this.clock = clock;
    }

    /** All that companies have attained, whether it has ended or not. */
    public List<Attained> attained() {
        return store.attained();
    }

    /** The latest first. */
    public List<Attained> attained(PartnerId partner) {
        return store.attained(partner);
    }

    /** The scores of every company of which something is known, in every area that counts on the day. */
    public List<PointsOf> points(LocalDate day) {
        var areas = definitions(day).stream()
                .filter(definition -> definition.ways() instanceof ByPoints)
                .toList();
        var points = new ArrayList<PointsOf>();
        store.facts(day).forEach((partner, facts) -> {
            for (var area : areas) {
                var best = Score.of((ByPoints) area.ways(), facts.figures(area, day))
                        .best();
                points.add(new PointsOf(partner, area.code(), best.points(), best.everyMetricAboveZero(), day));
            }
        });
        return points;
    }

    /** All that companies can attain, in all versions, whether they count yet or no longer. */
    public List<Definition> defined() {
        return store.published().stream().map(PublishedDefinition::definition).toList();
    }

    /** Of each code the version that counts on the day. */
    List<Definition> definitions(LocalDate day) {
        return store.definitions(day);
    }

    /** @throws CertificationNotFound when nothing of this code counts today */
    Definition definition(String code) {
        return definitions(today()).stream()
                .filter(definition -> definition.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new CertificationNotFound("definition " + code));
    }

    List<PublishedDefinition> published() {
        return store.published();
    }

    PublishedDefinition published(String code, String version) {
        return store.published(code, version)
                .orElseThrow(() -> new CertificationNotFound("definition " + code + " " + version));
    }

    /**
     * The same text again changes nothing.
     *
     * @throws org.espace.terms.TermsInvalid with all that is wrong with the text
     * @throws DefinitionTaken when the code has another text under this version, or from this day on
     */
    @Transactional
    public void publish(String yaml, String by) {
        var published = PublishedDefinition.of(yaml, clock.instant(), by);
        var definition = published.definition();
        if (store.insert(published)) {
            events.publishEvent(Act.of("definition.published", by, null, definition.code() + " " + definition.version())
                    .changing(Map.of(), Map.of("sha256", published.sha256())));
            events.publishEvent(
                    new CompetenciesChanged(List.copyOf(store.facts(today()).keySet())));
        } else if (!store.published(definition.code(), definition.version())
                .map(PublishedDefinition::sha256)
                .equals(Optional.of(published.sha256()))) {
            throw new DefinitionTaken(definition.code());
        }
    }

    /** Where the company stands with everything that counts today. */
    List<Progress> progress(PartnerId partner, LocalDate day) {
        var country = partners.partner(partner).country();
        var facts = store.facts(partner);
        var attained = codesOn(store.attained(partner), day);
        return definitions(day).stream()
                .map(definition -> Progress.of(definition, facts, country, attained, day))
                .toList();
    }

    Progress progress(PartnerId partner, String code, LocalDate day) {
        return Progress.of(
                definition(code),
                store.facts(partner),
                partners.partner(partner).country(),
                codesOn(store.attained(partner), day),
                day);
    }

    private static Set<String> codesOn(List<Attained> attained, LocalDate day) {
        return attained.stream()
                .filter(one -> one.holdsOn(day))
                .map(Attained::code)
                .collect(Collectors.toSet());
    }

    /**
     * The best score of each month of the window, the present one last.
     *
     * @param score of the month's best day
     */
    public record MonthScore(YearMonth month, LocalDate day, Score score) {}

    List<MonthScore> history(Progress progress) {
        if (!(progress.definition().ways() instanceof ByPoints points)) {
            return List.of();
        }
        var months = new ArrayList<MonthScore>();
        var last = progress.day();
        for (var first = Progress.window(points, last); !first.isAfter(last); first = first.plusMonths(1)) {
            var month = YearMonth.from(first);
            var end = month.atEndOfMonth().isBefore(last) ? month.atEndOfMonth() : last;
            progress.facts().changes(first, end).stream()
                    .map(day -> new MonthScore(
                            month, day, Score.of(points, progress.facts().figures(progress.definition(), day))))
                    .max(Comparator.comparing((MonthScore one) -> one.score().points())
                            .thenComparing(one -> one.score().qualifies()))
                    .ifPresent(months::add);
        }
        return months;
    }

    /** What other figures would be worth; nothing is kept. A figure that is not given stays as it is. */
    static Score simulate(Progress progress, Map<String, BigDecimal> other) {
        var figures = new HashMap<>(progress.figures());
        figures.putAll(other);
        return Score.of((ByPoints) progress.definition().ways(), figures);
    }

    /**
     * From the field level, empty where there are no levels, and payment, which says how the fee was paid: it is written
     * down, nothing is collected. Holds from today until its anniversary; for another term from the end of the present
     * one; another level takes the place of the present one today.
     *
     * @throws NotQualified when the company does not qualify for it today
     * @throws AttainedAlready when it is too early for another term
     */
    @Transactional
    public void attain(PartnerId partner, String code, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var level = fields.optional("level", 60);
        var payment = fields.optional("payment", LONGEST_PAYMENT);
        fields.refuseFaulty();
        store.lock(partner);
        var today = today();
        var progress = progress(partner, code, today);
        if (!progress.qualifies(level)) {
            throw new NotQualified(code);
        }
        var since = today;
        var standing = store.attained(partner).stream()
                .filter(one -> one.code().equals(code)
                        && (one.until() == null || one.until().isAfter(today)))
                .toList();
        for (var present : standing) {
            if (!Objects.equals(present.level(), level) && present.holdsOn(today)) {
                store.end(present, today);
            } else if (standing.size() > 1 || !canBeRenewed(present, today)) {
                throw new AttainedAlready(code);
            } else {
                since = Objects.requireNonNull(present.until());
            }
        }
        var definition = progress.definition();
        store.insert(
                partner, definition, level, since, since.plusMonths(definition.months()), payment, clock.instant(), by);
        events.publishEvent(Act.of("competency.attained", by, partner.value(), code)
                .changing(
                        Map.of(),
                        Map.of(
                                "level",
                                level == null ? "" : level,
                                "since",
                                since.toString(),
                                "payment",
                                payment == null ? "" : payment)));
        events.publishEvent(new CompetenciesChanged(List.of(partner)));
    }

    public static boolean canBeRenewed(Attained attained, LocalDate day) {
        return attained.until() != null && !day.isBefore(attained.until().minusDays(RENEWED_DAYS_BEFORE));
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    /** As tables, terms and messages write it. */
    public static String word(Definition.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
