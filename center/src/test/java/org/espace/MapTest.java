package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;

/** docs/map.md shows the rooms as their plates declare them. */
class MapTest {

    private static final Path ROOMS = Path.of("src/main/java/org/espace");
    private static final String DRAWING = read(Path.of("../docs/map.md"));

    @Test
    void drawsTheArrowsOfThePlatesAndNoOther() throws Exception {
        var declared = new TreeMap<String, Set<String>>();
        for (var room : rooms()) {
            var plate = Class.forName("org.espace." + room + ".package-info").getAnnotation(ApplicationModule.class);
            var arrows = new TreeSet<>(List.of(plate.allowedDependencies()));
            arrows.remove("web");
            if (!arrows.isEmpty()) {
                declared.put(room, arrows);
            }
        }
        assertThat(drawn()).isEqualTo(declared);
    }

    @Test
    void saysOfEachRoomWhatItsPlateSays() throws IOException {
        for (var room : rooms()) {
            var plate = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL)
                    .matcher(read(ROOMS.resolve(room).resolve("package-info.java")));
            assertThat(plate.find()).isTrue();
            var sentence = plate.group(1).replaceAll("\\s*\n \\*\\s*", " ").strip();
            assertThat(DRAWING).contains("| `%s` | %s |\n".formatted(room, sentence));
        }
    }

    private static Map<String, Set<String>> drawn() {
        var arrows = new TreeMap<String, Set<String>>();
        var line =
                Pattern.compile("^ *(\\w+) --> ([\\w &]+)$", Pattern.MULTILINE).matcher(DRAWING);
        while (line.find()) {
            arrows.put(line.group(1), new TreeSet<>(List.of(line.group(2).split(" & "))));
        }
        return arrows;
    }

    private static List<String> rooms() throws IOException {
        try (var folders = Files.list(ROOMS)) {
            return folders.filter(folder -> Files.exists(folder.resolve("package-info.java")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
