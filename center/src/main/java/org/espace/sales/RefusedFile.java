package org.espace.sales;

import java.time.Instant;
import java.util.Map;

/** A file that could not be taken at all. */
public record RefusedFile(
        int id, String file, String mapping, String code, Map<String, String> arguments, Instant at, String by) {}
