package org.espace.sales;

import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import org.espace.feed.MappingInvalid;
import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(UNPROCESSABLE_CONTENT)
public class MappingRefused extends Worded {

    MappingRefused(String name, MappingInvalid invalid) {
        super("command.mapping-refused", "name", name, "problem", String.valueOf(invalid.getMessage()));
        initCause(invalid);
    }
}
