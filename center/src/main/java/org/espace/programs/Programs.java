package org.espace.programs;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.espace.terms.CanonicalTerms;
import org.espace.terms.Catalogue;
import org.espace.terms.Finding;
import org.espace.terms.TermsDiff;
import org.espace.terms.TermsLint;
import org.espace.terms.TermsReader;
import org.espace.web.Act;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to what we promise. */
@Service
public class Programs {

    private final TermsStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    /** By their numbers: what is published never changes. */
    private final Map<Integer, PublishedTerms> read = new ConcurrentHashMap<>();

    Programs(TermsStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** All versions of all programs, a program's versions together, oldest first. */
    public List<PublishedTerms> all() {
        var ids = store.ids();
        var unread = ids.stream().filter(id -> !read.containsKey(id)).toList();
        if (!unread.isEmpty()) {
            store.some(unread).forEach(row -> read.put(row.id(), published(row)));
        }
        return ids.stream().map(id -> Objects.requireNonNull(read.get(id))).toList();
    }

    /** One program's versions, oldest first; none when there is no such program. */
    public List<PublishedTerms> versions(String program) {
        return all().stream()
                .filter(published -> published.terms().program().equals(program))
                .toList();
    }

    public Optional<PublishedTerms> find(String program, String version) {
        return versions(program).stream()
                .filter(published -> published.terms().version().equals(version))
                .findFirst();
    }

    public PublishedTerms terms(String program, String version) {
        return find(program, version).orElseThrow(() -> new TermsNotFound(program + " " + version));
    }

    public PublishedTerms terms(int id) {
        var known = read.get(id);
        return known != null
                ? known
                : all().stream()
                        .filter(published -> published.id() == id)
                        .findFirst()
                        .orElseThrow(() -> new TermsNotFound("number " + id));
    }

    /** What the program with that number is called in its terms. Throws {@link TermsNotFound}. */
    public String code(int program) {
        return code(program, read.values())
                .or(() -> code(program, all()))
                .orElseThrow(() -> new TermsNotFound("of program number " + program));
    }

    private static Optional<String> code(int program, Collection<PublishedTerms> among) {
        return among.stream()
                .filter(published -> published.program() == program)
                .map(published -> published.terms().program())
                .findFirst();
    }

    /** What differs between two versions of a program. */
    public List<TermsDiff.Change> differences(String program, String before, String after) {
        return TermsDiff.between(
                terms(program, before).terms(), terms(program, after).terms());
    }

    /**
     * What whoever publishes the text should know, beside all that is published.
     *
     * @param catalogue empty when it does not matter what is sold
     */
    public List<Finding> findings(String text, Optional<Catalogue> catalogue) {
        return TermsLint.of(text, all().stream().map(PublishedTerms::terms).toList(), catalogue);
    }

    /**
     * Publishes a version. What promises the same again, in whatever spacing and order, changes nothing.
     *
     * @throws org.espace.terms.TermsInvalid when the text is no valid terms
     * @throws AlreadyPublished when the version stands and promises something else
     * @throws VersionsOverlap when another version holds for some of its days
     * @throws TermsFaulty when an error is found in it
     */
    @Transactional
    public void publish(String text, String by) {
        if (store.isPublished(text)) {
            return;
        }
        var terms = TermsReader.read(text);
        var canonical = CanonicalTerms.of(terms);
        var standing = store.text(terms);
        if (standing.isPresent()) {
            if (!CanonicalTerms.of(TermsReader.read(standing.get())).equals(canonical)) {
                throw new AlreadyPublished(terms.program(), terms.version());
            }
            return;
        }
        store.overlapping(terms).ifPresent(version -> {
            throw new VersionsOverlap(terms.program(), terms.version(), version);
        });
        refuseErrors(text);
        store.insert(terms, text, canonical.sha256(), clock.instant(), by);
        events.publishEvent(new TermsPublished(terms.program(), terms.version()));
        events.publishEvent(Act.of("terms.published", by, null, terms.program() + " " + terms.version())
                .changing(Map.of(), Map.of("sha256", canonical.sha256())));
    }

    private static void refuseErrors(String text) {
        var errors = TermsLint.of(text, List.of(), Optional.empty()).stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new TermsFaulty(errors);
        }
    }

    private static PublishedTerms published(TermsStore.Row row) {
        return new PublishedTerms(
                row.program(),
                row.id(),
                TermsReader.read(row.text()),
                row.text(),
                row.sha256(),
                row.publishedAt(),
                row.publishedBy());
    }
}
