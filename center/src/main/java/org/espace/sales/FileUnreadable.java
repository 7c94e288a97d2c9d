package org.espace.sales;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import java.nio.file.Path;
import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(NOT_FOUND)
public class FileUnreadable extends Worded {

    FileUnreadable(Path file) {
        super("command.file-unreadable", "file", file);
    }
}
