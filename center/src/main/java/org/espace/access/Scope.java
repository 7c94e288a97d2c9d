package org.espace.access;

import java.util.Optional;
import java.util.Set;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/**
 * Of which locations and programs of a partner somebody may see something.
 *
 * @param parts empty where they may see nothing; a part without location holds for all of them, as one without program
 */
public record Scope(Set<Part> parts) {

    public static final Scope EVERYTHING = new Scope(Set.of(new Part(null, null)));
    public static final Scope NOTHING = new Scope(Set.of());

    public record Part(
            @Nullable LocationId location, @Nullable String program) {

        boolean holds(LocationId wanted, String ofProgram) {
            return (location == null || location.equals(wanted)) && (program == null || program.equals(ofProgram));
        }
    }

    public Scope {
        parts = Set.copyOf(parts);
    }

    public boolean isEverything() {
        return parts.stream().anyMatch(part -> part.location() == null && part.program() == null);
    }

    public boolean holds(LocationId location, String program) {
        return parts.stream().anyMatch(part -> part.holds(location, program));
    }

    /** Whether all programs of the location are in it. */
    public boolean holds(LocationId location) {
        return parts.stream()
                .anyMatch(part -> part.program() == null
                        && (part.location() == null || part.location().equals(location)));
    }

    /** Whether any program of the location is in it. */
    public boolean touches(LocationId location) {
        return parts.stream()
                .anyMatch(part -> part.location() == null || part.location().equals(location));
    }

    /** The parts where something is left out; empty where nothing is. */
    public Optional<Set<Part>> narrowed() {
        return isEverything() ? Optional.empty() : Optional.of(parts);
    }
}
