package org.espace.enrollment;

import org.espace.partners.LocationId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such program for the location, or the location is another partner's. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class MembershipNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    MembershipNotFound(LocationId location, String program) {
        super("location " + location + " and program " + program);
    }
}
