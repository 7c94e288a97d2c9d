package org.espace.sales;

import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import java.util.Locale;
import java.util.Map;
import org.espace.feed.Code;
import org.espace.feed.FileRefused;
import org.espace.web.Messages;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A file that could not be taken at all. */
@ResponseStatus(UNPROCESSABLE_CONTENT)
public class LoadRefused extends RuntimeException {

    private final String file;
    private final Code code;
    private final Map<String, String> arguments;

    LoadRefused(String file, FileRefused refused) {
        super(file + " was not loaded. " + words(refused), refused);
        this.file = file;
        code = refused.code();
        arguments = refused.arguments();
    }

    /** By its name alone. */
    public String file() {
        return file;
    }

    public Code code() {
        return code;
    }

    public Map<String, String> arguments() {
        return arguments;
    }

    private static String words(FileRefused refused) {
        var messages = Messages.in(Locale.ENGLISH);
        var key = "refusal." + refused.code();
        return messages.text(key, refused.arguments()) + ". " + messages.text(key + ".hint", refused.arguments());
    }
}
