package org.espace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path home;

    @Test
    void whatIsSealedOpensAgainInAnotherProcessAndLooksDifferentEachTime() {
        var sealed = secrets().seal("JBSWY3DPEHPK3PXP", "totp:1");

        assertThat(sealed).doesNotContain("JBSWY3DPEHPK3PXP");
        assertThat(secrets().open(sealed, "totp:1")).isEqualTo("JBSWY3DPEHPK3PXP");
        assertThat(secrets().seal("JBSWY3DPEHPK3PXP", "totp:1")).isNotEqualTo(sealed);
    }

    @Test
    void aValueOpensForItsOwnPurposeOnly() {
        var sealed = secrets().seal("seed", "totp:1");

        assertThatExceptionOfType(SecretUnreadable.class)
                .isThrownBy(() -> secrets().open(sealed, "totp:2"));
    }

    @Test
    void aChangedValueDoesNotOpen() {
        var sealed = secrets().seal("seed", "totp:1");
        var last = sealed.charAt(sealed.length() - 2);
        var changed = sealed.substring(0, sealed.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + sealed.charAt(sealed.length() - 1);

        assertThatExceptionOfType(SecretUnreadable.class)
                .isThrownBy(() -> secrets().open(changed, "totp:1"));
        for (var nonsense : new String[] {"", ".", "x", "....", sealed.substring(0, 12), "0".repeat(5000)}) {
            assertThatExceptionOfType(SecretUnreadable.class)
                    .as(nonsense)
                    .isThrownBy(() -> secrets().open(nonsense, "totp:1"));
        }
    }

    @Test
    void afterAChangeOfKeyOldValuesOpenAndAreKnownToBeOld() {
        var running = secrets();
        var before = running.seal("old", "p");
        var another = secrets();
        another.changeKey();
        var after = another.seal("new", "p");

        assertThat(another.open(before, "p")).isEqualTo("old");
        assertThat(another.olderKeys()).containsExactly(before.substring(0, 8));
        assertThat(after).startsWith(newest(another) + ".");
        assertThat(running.open(after, "p"))
                .as("read by a process that runs already")
                .isEqualTo("new");
        assertThat(running.seal("newer", "p"))
                .as("which from then on seals with the new one, too")
                .startsWith(newest(another) + ".");
    }

    @Test
    void aProcessThatRunsNoticesThatAnOldKeyIsTakenAwayAndOutlivesALossOfTheFile() throws IOException {
        var running = secrets();
        var before = running.seal("old", "p");
        secrets().changeKey();
        var after = running.seal("new", "p");
        var file = home.resolve("secret.key");
        Files.writeString(file, Files.readAllLines(file).getFirst() + "\n");
        assertThatExceptionOfType(SecretUnreadable.class).isThrownBy(() -> running.open(before, "p"));

        Files.delete(file);
        assertThat(running.open(after, "p")).isEqualTo("new");
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyThatIsGoneIsNamed() throws IOException {
        var sealed = secrets().seal("seed", "p");
        Files.delete(home.resolve("secret.key"));

        assertThatExceptionOfType(SecretUnreadable.class)
                .isThrownBy(() -> secrets().open(sealed, "p"))
                .withMessageContaining("no key " + sealed.substring(0, 8));
    }

    @Test
    void theFileIsItsOwnersAloneAndRefusedOtherwise() throws IOException {
        secrets().seal("seed", "p");
        var file = home.resolve("secret.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatIllegalStateException()
                .isThrownBy(() -> secrets().seal("seed", "p"))
                .withMessageContaining("chmod 600");
    }

    /** The id of the key that seals now. */
    static String newest(Secrets secrets) {
        return secrets.seal("any", "any").split("\\.", 2)[0];
    }

    private Secrets secrets() {
        return new Secrets(new Instance(home, home.resolve("lake"), "http://localhost:8080", "Espace", false));
    }
}
