package org.espace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void anInstance() {
        home = new Home(folder.resolve("instance"));
    }

    @Test
    void aFolderIsMadeOnFirstUse() {
        home.prepared();
        assertThat(home.logs()).isDirectory();
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Files.createFile(home.folder());
        assertThatThrownBy(home::prepared).isInstanceOf(Refusal.class).hasMessageContaining("set ESPACE_HOME");
    }

    @Test
    void aVendorsInstanceNeverBecomesADemo() throws IOException {
        Files.createDirectories(home.prepared().folder().resolve("postgres"));
        assertThatThrownBy(home::markAsDemo).isInstanceOf(Refusal.class).hasMessageContaining("not a demo");
    }

    @Test
    void startingOverDeletesOnlyWhatEspaceMade() throws IOException {
        home.prepared().markAsDemo();
        Files.createDirectories(home.folder().resolve("lake/sales"));
        Files.createFile(home.folder().resolve("notes.txt"));
        home.clear();
        assertThat(home.folder().resolve("lake")).doesNotExist();
        assertThat(home.folder().resolve("notes.txt")).exists();
        home.markAsDemo();
    }

    @Test
    void oneProcessServesAnInstance() throws IOException {
        home.prepared();
        try (var lock = ServerLock.take(home)) {
            lock.announce("http://localhost:8080");
            assertThat(home.folder().resolve("server.lock"))
                    .content()
                    .isEqualTo("process " + ProcessHandle.current().pid() + " at http://localhost:8080");
        }
        ServerLock.take(home).close();
    }
}
