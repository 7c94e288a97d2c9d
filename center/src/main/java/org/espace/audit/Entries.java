package org.espace.audit;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The door to the book of who did what; entries come in by {@link org.espace.web.Act}. */
@Service
public class Entries {

    private static final int AT_ONCE = 1000;

    private final EntryStore store;

    Entries(EntryStore store) {
        this.store = store;
    }

    /**
     * Walks the chain from its first entry, and stops at the first one that is not as it was written.
     *
     * @param anchor an end of the chain that was kept elsewhere: it must still lie on it
     */
    public Verdict verify(Optional<Anchor> anchor) {
        var previous = new byte[32];
        var number = 0L;
        while (true) {
            var links = store.after(number, AT_ONCE);
            for (var link : links) {
                var fault = fault(link, number, previous, anchor);
                if (fault != null) {
                    return verdict(number, previous, fault);
                }
                number = link.number();
                previous = link.hash();
            }
            if (links.size() < AT_ONCE) {
                break;
            }
        }
        var missing = anchor.isPresent() && anchor.get().number() > number;
        return verdict(number, previous, missing ? new Verdict.Fault(number + 1, Verdict.Kind.MISSING) : null);
    }

    private static Verdict.@Nullable Fault fault(Link link, long before, byte[] previous, Optional<Anchor> anchor) {
        var expected = before + 1;
        if (link.number() != expected) {
            return new Verdict.Fault(expected, Verdict.Kind.MISSING);
        }
        if (!link.follows(previous)) {
            return new Verdict.Fault(expected, Verdict.Kind.DETACHED);
        }
        if (!link.isAsWritten()) {
            return new Verdict.Fault(expected, Verdict.Kind.CHANGED);
        }
        return anchor.filter(one -> one.number() == expected && !one.hash().equals(link.fingerprint()))
                .map(_ -> new Verdict.Fault(expected, Verdict.Kind.ANOTHER_CHAIN))
                .orElse(null);
    }

    private static Verdict verdict(long number, byte[] hash, Verdict.@Nullable Fault fault) {
        return new Verdict(number, new Anchor(number, HexFormat.of().formatHex(hash)), fault);
    }

    /**
     * What was done for one organization, the latest first.
     *
     * @param before only entries with a smaller number
     */
    public List<Link> of(PartnerId partner, Instant from, Instant until, long before, int most) {
        return store.before(new EntryFilter(partner, "", "", "", from, until), before, most);
    }

    List<Link> page(EntryFilter filter, int page, int size) {
        return store.page(filter, (long) page * size, size);
    }

    int count(EntryFilter filter) {
        return store.count(filter);
    }

    List<String> actions(@Nullable PartnerId partner) {
        return store.actions(partner);
    }

    /** All that fit, the latest first, read in pieces. */
    void each(EntryFilter filter, Consumer<Link> reader) {
        var below = Long.MAX_VALUE;
        while (true) {
            var links = store.before(filter, below, AT_ONCE);
            links.forEach(reader);
            if (links.size() < AT_ONCE) {
                return;
            }
            below = links.getLast().number();
        }
    }
}
