package org.espace.earnings;

import java.util.Set;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * What of a partner's earnings somebody may see: figures are those of the visible part, and the rest is as if it were not
 * there.
 *
 * @param parts one of them has to hold; none, and nothing is visible
 */
public record Visible(PartnerId partner, Set<Part> parts) {

    /**
     * @param location null for every location of the partner
     * @param program the code; null for every program, and for sales that fall under none
     */
    public record Part(
            @Nullable LocationId location, @Nullable String program) {

        boolean holds(LocationId wanted) {
            return location == null || location.equals(wanted);
        }

        boolean holds(LocationId wanted, @Nullable String ofProgram) {
            return holds(wanted) && (program == null || program.equals(ofProgram));
        }

        private boolean isEverything() {
            return location == null && program == null;
        }
    }

    private static final Set<Part> EVERYTHING = Set.of(new Part(null, null));

    public Visible {
        parts = parts.stream().anyMatch(Part::isEverything) ? EVERYTHING : Set.copyOf(parts);
    }

    /** For whoever may see all of the partner's. */
    public static Visible all(PartnerId partner) {
        return new Visible(partner, EVERYTHING);
    }

    public boolean isEverything() {
        return parts.equals(EVERYTHING);
    }

    /** Whether something of the location is visible. */
    public boolean holds(LocationId location) {
        return parts.stream().anyMatch(part -> part.holds(location));
    }

    /** @param program null for a sale that falls under no program */
    public boolean holds(LocationId location, @Nullable String program) {
        return parts.stream().anyMatch(part -> part.holds(location, program));
    }
}
