package org.espace.web;

/** A page of this site, for a redirect that a request asks for: anything else leads home. */
public record LocalPath(String value) {

    public LocalPath {
        if (!isLocal(value)) {
            value = "/";
        }
    }

    @Override
    public String toString() {
        return value;
    }

    /** Browsers read both // and /\ as the beginning of another host, and drop tabs and line ends before they look; braces would be filled in. */
    private static boolean isLocal(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && path.indexOf('\\') < 0
                && path.chars().allMatch(c -> c > ' ' && c < '{');
    }
}
