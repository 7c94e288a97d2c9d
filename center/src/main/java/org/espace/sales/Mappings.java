package org.espace.sales;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espace.feed.Mapping;
import org.espace.feed.MappingInvalid;

/** The mappings that come with Espace, and those that a vendor writes. */
final class Mappings {

    static final List<String> SHIPPED =
            List.of("espace", "steelwheels", "northwind", "focus", "csp-reconciliation", "ecb");

    private Mappings() {}

    static Mapping named(String name) {
        try {
            if (SHIPPED.contains(name)) {
                try (var text = Mappings.class.getResourceAsStream("/mappings/" + name + ".yaml")) {
                    if (text != null) {
                        return Mapping.read(new String(text.readAllBytes(), UTF_8));
                    }
                }
            }
            var file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                throw new MappingNotFound(name);
            }
            return Mapping.read(Files.readString(file));
        } catch (MappingInvalid e) {
            throw new MappingRefused(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
