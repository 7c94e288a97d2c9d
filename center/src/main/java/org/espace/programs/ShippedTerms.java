package org.espace.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Publishes the terms that come with Espace, once. */
@Component
class ShippedTerms {

    private static final Logger LOG = LoggerFactory.getLogger(ShippedTerms.class);

    private final Programs programs;

    ShippedTerms(Programs programs) {
        this.programs = programs;
    }

    @EventListener(ContextRefreshedEvent.class)
    void publish() throws IOException {
        var files = new PathMatchingResourcePatternResolver().getResources("classpath*:terms/*.yaml");
        Arrays.sort(files, Comparator.comparing(Resource::getFilename));
        for (var file : files) {
            try {
                programs.publish(file.getContentAsString(UTF_8), "espace");
            } catch (AlreadyPublished | VersionsOverlap e) {
                LOG.warn("{} is left as it was published: {}", file.getFilename(), e.getMessage());
            }
        }
    }
}
