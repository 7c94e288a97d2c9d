package org.espace.enrollment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of all memberships the vendor looks at, as an address says it.
 *
 * @param program empty for all of them
 * @param stage empty for all of them
 * @param text in the number or name of a partner, or the number of a location
 * @param page from 0
 */
public record EnrollmentsQuery(String program, String stage, String text, int page) {

    static final String PATH = "/console/enrollments";

    Optional<Stage> wanted() {
        return Arrays.stream(Stage.values())
                .filter(one -> one.code().equals(stage))
                .findFirst();
    }

    public String href(int other) {
        return PATH + "?" + parameters() + "&page=" + other;
    }

    public String csv() {
        return PATH + ".csv?" + parameters();
    }

    /** The same, of one program and stage. */
    public String href(String ofProgram, Stage inStage) {
        return new EnrollmentsQuery(ofProgram, inStage.code(), "", 0).href(0);
    }

    private String parameters() {
        return Stream.of("program=" + program, "stage=" + stage, "q=" + URLEncoder.encode(text, UTF_8))
                .collect(Collectors.joining("&"));
    }
}
