package org.espace.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.espace.web.Fields;
import org.jspecify.annotations.Nullable;

/** Whom to ask at a partner about something. */
public record Contact(
        int id,
        Purpose purpose,
        String name,
        String email,
        @Nullable String phone) {

    private static final int LONGEST_NAME = 200;

    public enum Purpose {
        /** The one who speaks for the whole company; there is one at most. */
        PRIMARY,
        INCENTIVES,
        BILLING,
        /** Alerts about security go here. */
        SECURITY,
        LEGAL;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Purpose> of(String code) {
            return Arrays.stream(values())
                    .filter(purpose -> purpose.code().equals(code))
                    .findFirst();
        }
    }

    /** Not kept yet, so without an id. */
    static Contact read(Fields fields) {
        var purpose = Purpose.of(fields.needed("purpose", 20));
        if (purpose.isEmpty()) {
            fields.fault("purpose", "choice");
        }
        return new Contact(
                0,
                purpose.orElse(Purpose.PRIMARY),
                fields.needed("name", LONGEST_NAME),
                fields.email("email"),
                Profile.phone(fields));
    }
}
