package org.espace.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a calculation, as data that a page words in the reader's language.
 *
 * @param code what is done, such as RATE or CAP
 * @param arguments by name, in the order in which they enter: money, rates, decimal numbers, or words of the terms
 */
public record Step(String code, Map<String, Object> arguments) {

    static Step of(String code, Object... namesAndValues) {
        var arguments = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Step(code, arguments);
    }
}
