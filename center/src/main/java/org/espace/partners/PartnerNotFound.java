package org.espace.partners;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(NOT_FOUND)
public class PartnerNotFound extends RuntimeException {

    PartnerNotFound(PartnerId id) {
        super("there is no partner " + id);
    }

    PartnerNotFound(LocationId id) {
        super("there is no location " + id);
    }
}
