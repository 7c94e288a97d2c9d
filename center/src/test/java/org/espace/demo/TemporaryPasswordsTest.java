package org.espace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryPasswordsTest {

    @TempDir
    Path home;

    @Test
    void areShownAgainUntilTheyAreForgotten() {
        var file = home.resolve("passwords");
        new TemporaryPasswords(file).keep("operator@example.com", "k7dm-x2wq");
        new TemporaryPasswords(file).keep("incentives.user@example.com", "9fhc-tz4p");
        new TemporaryPasswords(file).forget("operator@example.com");

        var later = new TemporaryPasswords(file);
        assertThat(later.of("incentives.user@example.com")).contains("9fhc-tz4p");
        assertThat(later.of("operator@example.com")).isEmpty();
    }

    @Test
    void areReadableByTheirOwnerOnly() throws IOException {
        var file = home.resolve("passwords");
        new TemporaryPasswords(file).keep("operator@example.com", "k7dm-x2wq");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
