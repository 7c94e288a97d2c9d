package org.espace.terms;

import java.io.Serializable;
import java.util.Locale;

/** A name in both languages of the product. */
public record Names(String en, String fr) implements Serializable {

    public String in(Locale locale) {
        return "fr".equals(locale.getLanguage()) ? fr : en;
    }
}
