package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espace.web.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachedPasswordsTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"1qaz2wsx3edc", "SonyEricsson", "LEAVEMEALONE", "123456789qwe", "qwertyuiop1234"})
    void theMostFrequentOnesAreKnownInAnyCaseAndWithDigitsBehindThem(String password) {
        assertThat(breached().contain(password)).isTrue();
    }

    @Test
    void anOddPasswordIsNotKnown() {
        assertThat(breached().contain("tidal-otter-lamp-94")).isFalse();
        assertThat(breached().size()).isGreaterThan(29_000);
    }

    @Test
    void theOperatorsListIsSearchedInTheFormOfHaveIBeenPwned() throws IOException {
        var known = IntStream.range(0, 2000).mapToObj(i -> "known-" + i).toList();
        keep(known.stream().map(password -> sha1(password) + ":" + (password.hashCode() & 0xffff)));

        var breached = breached();
        assertThat(known).allMatch(breached::contain);
        assertThat(IntStream.range(0, 2000).mapToObj(i -> "unknown-" + i)).noneMatch(breached::contain);
    }

    @Test
    void theOperatorsListMayHoldBeginningsOfHashesAndWindowsLines() throws IOException {
        var lines = new ArrayList<>(Stream.of("tidal-otter-lamp-94", "x", "y", "z")
                .map(password -> sha1(password).substring(0, 12) + "\r")
                .toList());
        keep(lines.stream());

        assertThat(breached().contain("tidal-otter-lamp-94")).isTrue();
        assertThat(breached().contain("tidal-otter-lamp-95")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n\n", "not a hash at all", "ZZZZ:1\nYYYY\n", ":::::\n:1\n"})
    void aFileThatIsNoListBreaksNothing(String content) throws IOException {
        Files.writeString(home.resolve("breached-passwords.txt"), content);

        assertThat(breached().contain("tidal-otter-lamp-94")).isFalse();
    }

    private void keep(Stream<String> lines) throws IOException {
        Files.write(home.resolve("breached-passwords.txt"), lines.sorted().toList());
    }

    private BreachedPasswords breached() {
        return new BreachedPasswords(new Instance(home, home, "http://localhost", "Espace", false));
    }

    private static String sha1(String password) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
