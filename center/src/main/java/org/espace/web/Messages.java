package org.espace.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The words of every room in one language; patterns are ICU's, with named arguments. */
public final class Messages {

    private static final Map<Locale, Messages> LANGUAGES = new ConcurrentHashMap<>();

    private final Locale locale;
    private final Map<String, String> patterns;
    private final Map<String, Wording> wordings = new ConcurrentHashMap<>();

    private Messages(Locale locale) {
        this.locale = locale;
        this.patterns = read(locale);
    }

    /** French for French readers, English for everybody else. */
    public static Messages in(Locale locale) {
        var language = "fr".equals(locale.getLanguage()) ? Locale.FRENCH : Locale.ENGLISH;
        return LANGUAGES.computeIfAbsent(language, Messages::new);
    }

    public Locale locale() {
        return locale;
    }

    public boolean has(String key) {
        return patterns.containsKey(key);
    }

    /** Those that begin like this, in their order. */
    public List<String> keys(String prefix) {
        return patterns.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    public String text(String key) {
        return text(key, Map.of());
    }

    public String text(String key, Map<String, ?> arguments) {
        var pattern = pattern(key);
        if (pattern.indexOf('{') < 0 && pattern.indexOf('\'') < 0) {
            return pattern;
        }
        var known = wordings.get(key);
        return (known == null ? wordings.computeIfAbsent(key, _ -> Wording.of(pattern, regional(locale))) : known)
                .with(arguments);
    }

    Map<String, String> patterns() {
        return patterns;
    }

    /** English dates and figures are written the international way: 22 Nov 2026. */
    static Locale regional(Locale language) {
        return language.equals(Locale.FRENCH) ? Locale.FRANCE : Locale.UK;
    }

    private String pattern(String key) {
        var pattern = patterns.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no message " + key + " in " + locale);
        }
        return pattern;
    }

    /** Each room has its own pair of files; a key may stand in one of them only. */
    private static Map<String, String> read(Locale locale) {
        var merged = new TreeMap<String, String>();
        try {
            var files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:messages/*_" + locale.getLanguage() + ".properties");
            for (var file : files) {
                var words = new Properties();
                try (var reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    words.load(reader);
                }
                for (var key : words.stringPropertyNames()) {
                    if (merged.put(key, words.getProperty(key)) != null) {
                        throw new IllegalStateException("message " + key + " is worded twice, once in " + file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(merged);
    }
}
