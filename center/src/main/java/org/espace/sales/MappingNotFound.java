package org.espace.sales;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(NOT_FOUND)
public class MappingNotFound extends Worded {

    MappingNotFound(String name) {
        super("command.no-mapping", "name", name, "known", String.join(", ", Mappings.SHIPPED));
    }
}
