package org.espace.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Where a browser finds stylesheets, scripts and pictures: under addresses that change with what is in them. */
@Component
final class Assets {

    private final ResourceUrlProvider resources;

    /** What a running program serves never changes, and each page names two dozen of them. */
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    Assets(ResourceUrlProvider resources) {
        this.resources = resources;
    }

    /** The same path where there is no such file. */
    String address(String path) {
        var known = addresses.get(path);
        if (known != null) {
            return known;
        }
        var versioned = resources.getForLookupPath(path);
        if (versioned == null) {
            return path;
        }
        addresses.put(path, versioned);
        return versioned;
    }
}
