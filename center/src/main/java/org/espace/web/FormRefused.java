package org.espace.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A form that cannot be taken. Its page says each fault beside its field and keeps what was typed. */
@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
public class FormRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final LinkedHashMap<String, String> faults;

    /** @param faults field to code, which {@code fault.…} words */
    public FormRefused(Map<String, String> faults) {
        super(faults.toString());
        this.faults = new LinkedHashMap<>(faults);
    }

    public FormRefused(String field, String code) {
        this(Map.of(field, code));
    }

    public Map<String, String> faults() {
        return faults;
    }
}
