package org.espace.web;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message that something is put into. One that chooses or formats is ICU's; most only put words between words, which is
 * done here, since ICU's way takes some thirty times as long.
 *
 * @param words what stands between the arguments: one more than there are names
 * @param names which argument follows each of them
 */
record Wording(List<String> words, List<String> names, boolean onlyNames, MessageFormat icu) {

    static Wording of(String text, Locale locale) {
        var icu = new MessageFormat(text, ULocale.forLocale(locale));
        var pattern = new MessagePattern(text);
        var words = new ArrayList<String>();
        var names = new ArrayList<String>();
        var word = new StringBuilder();
        var from = 0;
        for (var i = 0; i < pattern.countParts(); i++) {
            var part = pattern.getPart(i);
            switch (part.getType()) {
                case MSG_START, SKIP_SYNTAX -> {
                    word.append(text, from, part.getIndex());
                    from = part.getLimit();
                }
                case ARG_START -> {
                    if (part.getArgType() != ArgType.NONE) {
                        return new Wording(List.of(), List.of(), false, icu);
                    }
                    word.append(text, from, part.getIndex());
                    words.add(word.toString());
                    word.setLength(0);
                }
                case ARG_NAME, ARG_NUMBER -> names.add(pattern.getSubstring(part));
                case ARG_LIMIT -> from = part.getLimit();
                case MSG_LIMIT -> word.append(text, from, part.getIndex());
                default -> {
                    return new Wording(List.of(), List.of(), false, icu);
                }
            }
        }
        words.add(word.toString());
        return new Wording(List.copyOf(words), List.copyOf(names), true, icu);
    }

    String with(Map<String, ?> arguments) {
        return onlyNames && names.stream().allMatch(name -> arguments.get(name) instanceof String)
                ? joined(arguments)
                : format(arguments);
    }

    /** One at a time, since ICU's is not made for more; a copy each time would have to look up the rules of plurals again. */
    private String format(Map<String, ?> arguments) {
        synchronized (icu) {
            return icu.format(arguments);
        }
    }

    private String joined(Map<String, ?> arguments) {
        var text = new StringBuilder(words.getFirst());
        for (var i = 0; i < names.size(); i++) {
            text.append(arguments.get(names.get(i))).append(words.get(i + 1));
        }
        return text.toString();
    }
}
