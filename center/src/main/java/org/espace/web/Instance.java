package org.espace.web;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where this Espace keeps its things.
 *
 * @param home the folder of the private database, the default lake and the locks
 * @param lake the folder of sales lines and earning lines, as Parquet files
 */
@ConfigurationProperties("espace")
public record Instance(Path home, Path lake) {}
