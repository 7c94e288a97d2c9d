package org.espace.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Why something is not done, as data: its words stand in the message files, for whoever reads them in either language. The
 * exception's own message is the English ones, for logs.
 */
public abstract class Worded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String key;
    private final transient Map<String, String> arguments;

    /** @param namesAndValues of the message's arguments, each as it is to be read: 8080 is no amount */
    protected Worded(String key, Object... namesAndValues) {
        this(key, pairs(namesAndValues));
    }

    private Worded(String key, Map<String, String> arguments) {
        super(Messages.in(Locale.ENGLISH).text(key, arguments));
        this.key = key;
        this.arguments = arguments;
    }

    public String in(Locale locale) {
        return Messages.in(locale).text(key, arguments);
    }

    private static Map<String, String> pairs(Object... namesAndValues) {
        var pairs = new LinkedHashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
        }
        return pairs;
    }
}
