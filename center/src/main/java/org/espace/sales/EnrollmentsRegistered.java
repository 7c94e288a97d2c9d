package org.espace.sales;

import java.time.LocalDate;
import java.util.List;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/** A feed came with enrolments. Published in the load's transaction, so that they are kept with it or not at all. */
public record EnrollmentsRegistered(List<Row> rows) {

    public record Row(
            LocationId location,
            String program,
            LocalDate since,
            @Nullable LocalDate until) {}
}
