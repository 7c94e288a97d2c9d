package org.espace.enrollment;

import java.time.LocalDate;
import java.util.Objects;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;

/** How a location stands with a program: what has happened last. */
public record Membership(Step last) {

    record Key(LocationId location, String program) {}

    Key key() {
        return new Key(last.location(), last.program());
    }

    public Stage stage() {
        return Objects.requireNonNull(last.kind().stage(), "a step that says how they stand");
    }

    public PartnerId partner() {
        return last.partner();
    }

    public LocationId location() {
        return last.location();
    }

    public String program() {
        return last.program();
    }

    public LocalDate year() {
        return last.year();
    }

    /** Until when an invitation can be accepted (half-open), or as of when the rest counts. */
    public LocalDate day() {
        return last.day();
    }
}
