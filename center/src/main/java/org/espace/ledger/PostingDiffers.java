package org.espace.ledger;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The reference was posted before, with another amount or between other accounts. */
@ResponseStatus(HttpStatus.CONFLICT)
public class PostingDiffers extends RuntimeException {

    private static final long serialVersionUID = 1;

    PostingDiffers(String reference) {
        super("%s was posted before, and differently".formatted(reference));
    }
}
