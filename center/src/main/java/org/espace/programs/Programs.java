package org.espace.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to what we promise. */
@Service
public class Programs {

    private final TermsStore store;
    private final Clock clock;
    private final Map<Integer, Terms> read = new ConcurrentHashMap<>();

    Programs(TermsStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** All versions of all programs, a program's versions together, oldest first. */
    public List<PublishedTerms> all() {
        return store.all().stream().map(this::published).toList();
    }

    public Optional<PublishedTerms> find(String program, String version) {
        return all().stream()
                .filter(published -> published.terms().program().equals(program)
                        && published.terms().version().equals(version))
                .findFirst();
    }

    public PublishedTerms terms(String program, String version) {
        return find(program, version).orElseThrow(() -> new TermsNotFound(program + " " + version));
    }

    public PublishedTerms terms(int id) {
        return all().stream()
                .filter(published -> published.id() == id)
                .findFirst()
                .orElseThrow(() -> new TermsNotFound("number " + id));
    }

    /**
     * Publishes a version. The same text again changes nothing.
     *
     * @throws org.espace.terms.TermsInvalid when the text is no valid terms
     * @throws AlreadyPublished when the version stands with another text
     * @throws VersionsOverlap when another version holds for some of its days
     */
    @Transactional
    public void publish(String text, String by) {
        var terms = TermsReader.read(text);
        var sha256 = sha256(text);
        var standing = store.sha256(terms);
        if (standing.isEmpty()) {
            store.overlapping(terms).ifPresent(version -> {
                throw new VersionsOverlap(terms.program(), terms.version(), version);
            });
            store.insert(terms, text, sha256, clock.instant(), by);
        } else if (!standing.get().equals(sha256)) {
            throw new AlreadyPublished(terms.program(), terms.version());
        }
    }

    private PublishedTerms published(TermsStore.Row row) {
        return new PublishedTerms(
                row.program(),
                row.id(),
                read.computeIfAbsent(row.id(), _ -> TermsReader.read(row.text())),
                row.text(),
                row.sha256(),
                row.publishedAt(),
                row.publishedBy());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
