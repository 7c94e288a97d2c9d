package org.espace.web;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this Espace keeps its things, and how it is reached.
 *
 * @param home the folder of the private database, the default lake and the locks
 * @param lake the folder of sales lines and earning lines, as Parquet files
 * @param url the address of its pages in mails, without a slash at the end
 * @param name of the vendor, as whoever is shown a certificate knows it; one line, 100 characters at most
 * @param demo whether all that it holds is invented: then the outbox shows what is secret elsewhere
 */
@ConfigurationProperties("espace")
public record Instance(
        Path home,
        Path lake,
        @DefaultValue("http://localhost:8080") String url,
        @DefaultValue("Espace") String name,
        @DefaultValue("false") boolean demo) {

    private static final int LONGEST_NAME = 100;

    @ConstructorBinding
    public Instance {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("espace.name is not one line of 1 to 100 characters");
        }
    }

    /** On this machine alone. */
    public Instance(Path home, Path lake) {
        this(home, lake, "http://localhost:8080", "Espace", false);
    }
}
