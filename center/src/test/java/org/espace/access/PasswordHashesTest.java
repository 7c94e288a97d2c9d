package org.espace.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Whatever there is to compare with, one slow comparison is made. */
class PasswordHashesTest {

    private final List<String> compared = new ArrayList<>();
    private final PasswordHashes hashes = new PasswordHashes(new PasswordEncoder() {
        @Override
        public String encode(@Nullable CharSequence password) {
            return "slow " + password;
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            compared.add(Objects.requireNonNull(hash));
            return hash.equals(encode(password));
        }
    });

    @Test
    void aChosenPassword() {
        assertThat(hashes.matches("right", "slow right")).isTrue();
        assertThat(hashes.matches("wrong", "slow right")).isFalse();
        assertThat(compared).hasSize(2);
    }

    @Test
    void aTemporaryPassword() {
        var hash = PasswordHashes.ofTemporary("right");
        assertThat(hashes.matches("right", hash)).isTrue();
        assertThat(hashes.matches("wrong", hash)).isFalse();
        assertThat(compared).hasSize(2);
    }

    @Test
    void noAccountAtAll() {
        assertThat(hashes.matches("any", null)).isFalse();
        assertThat(hashes.matches("nobody has this password", null)).isFalse();
        assertThat(compared).hasSize(2);
    }
}
