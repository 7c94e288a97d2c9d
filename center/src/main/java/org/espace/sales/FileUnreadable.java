package org.espace.sales;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import java.nio.file.Path;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(NOT_FOUND)
public class FileUnreadable extends RuntimeException {

    FileUnreadable(Path file) {
        super("cannot read " + file + ": it is not there, not a file, or not ours to read");
    }
}
