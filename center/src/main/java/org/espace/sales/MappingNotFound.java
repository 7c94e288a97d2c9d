package org.espace.sales;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(NOT_FOUND)
public class MappingNotFound extends RuntimeException {

    MappingNotFound(String name) {
        super("there is no mapping '" + name + "': name one of " + String.join(", ", Mappings.SHIPPED)
                + ", or the path of a YAML file");
    }
}
