package org.espace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Under whose name PostgreSQL runs, as words before its own: it refuses to run as root. */
record Account(List<String> prefix) {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    /** Root runs it in a user namespace, where it is nobody in particular, or else as the user nobody. */
    static Account forFilesIn(Path home, Path binaries) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Account(List.of());
        }
        var probe = List.of(binaries.resolve("bin/postgres").toString(), "--version");
        var namespace = new Account(List.of("unshare", "-U"));
        if (Command.succeeds(namespace.before(probe))) {
            give(home, ROOT);
            return namespace;
        }
        var nobody = new Account(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        if (Command.succeeds(nobody.before(probe))) {
            give(home, NOBODY);
            return nobody;
        }
        throw new PostgresUnavailable("PostgreSQL does not run as root, and the user nobody cannot reach " + home
                + ": choose a folder outside root's home, or start Espace as an ordinary user.");
    }

    List<String> before(List<String> words) {
        var command = new ArrayList<>(prefix);
        command.addAll(words);
        return command;
    }

    private static void give(Path home, int owner) throws IOException {
        try (var entries = Files.list(home)) {
            for (var entry : entries.toList()) {
                if (!owner(entry).equals(owner)) {
                    try (var files = Files.walk(entry)) {
                        for (var file : files.toList()) {
                            Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                        }
                    }
                }
            }
        }
        Files.setAttribute(home, "unix:uid", owner);
    }

    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
