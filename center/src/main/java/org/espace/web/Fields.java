package org.espace.web;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what was typed into a form, and remembers every fault, so that a reader learns of all of them at once. */
public final class Fields {

    private static final int LONGEST_EMAIL = 254;

    /** Longer than any day, so that what is none is called so. */
    private static final int LONGEST_DAY_TYPED = 100;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>\"]{1,64}@[^@\\s,;<>\"]+\\.[^@\\s.,;<>\"]{2,}");

    private final Map<String, String> typed;
    private final Map<String, String> faults = new LinkedHashMap<>();

    public Fields(Map<String, String> typed) {
        this.typed = Map.copyOf(typed);
    }

    /** One line, composed (NFC) and without the blanks around it. */
    public String needed(String name, int longest) {
        var text = line(name, longest);
        if (text.isEmpty()) {
            fault(name, "missing");
        }
        return text;
    }

    public @Nullable String optional(String name, int longest) {
        var text = line(name, longest);
        return text.isEmpty() ? null : text;
    }

    /** Several lines; line ends come out as one line feed each. */
    public String lines(String name, int shortest, int longest) {
        var text = composed(name).replace("\r\n", "\n");
        if (text.isEmpty()) {
            fault(name, "missing");
        } else if (text.length() < shortest) {
            fault(name, "short");
        } else if (text.length() > longest) {
            fault(name, "long");
        } else if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            fault(name, "characters");
        }
        return text;
    }

    /** In small letters, as addresses are compared. */
    public String email(String name) {
        var address = needed(name, LONGEST_EMAIL).toLowerCase(Locale.ROOT);
        if (!address.isEmpty() && !EMAIL.matcher(address).matches()) {
            fault(name, "email");
        }
        return address;
    }

    /** Empty when nothing or no day was typed; only the second is a fault. */
    public Optional<LocalDate> day(String name) {
        var text = line(name, LONGEST_DAY_TYPED);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException _) {
            fault(name, "day");
            return Optional.empty();
        }
    }

    public boolean isChecked(String name) {
        return typed.containsKey(name);
    }

    /** The first fault of a field is the one that is shown. */
    public void fault(String name, String code) {
        faults.putIfAbsent(name, code);
    }

    /** @throws FormRefused when any field is at fault */
    public void refuseFaulty() {
        if (!faults.isEmpty()) {
            throw new FormRefused(faults);
        }
    }

    private String line(String name, int longest) {
        var text = composed(name);
        if (text.length() > longest) {
            fault(name, "long");
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            fault(name, "characters");
        }
        return text;
    }

    private String composed(String name) {
        return Normalizer.normalize(typed.getOrDefault(name, ""), Normalizer.Form.NFC)
                .strip();
    }
}
