package org.espace.sales;

import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import org.espace.feed.MappingInvalid;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(UNPROCESSABLE_CONTENT)
public class MappingRefused extends RuntimeException {

    MappingRefused(String name, MappingInvalid invalid) {
        super("the mapping " + name + " cannot be used: " + invalid.getMessage(), invalid);
    }
}
