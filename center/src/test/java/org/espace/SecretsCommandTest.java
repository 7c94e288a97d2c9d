package org.espace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.espace.web.Instance;
import org.espace.web.Secrets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** {@code ./espace secrets rotate}. */
@RoomTest
class SecretsCommandTest {

    @Autowired
    Environment environment;

    @Autowired
    Instance instance;

    @Autowired
    Secrets secrets;

    @Test
    void whoeverRunsMeanwhileTakesTheNewKeyAtOnceAndReadsWhatTheOldOneHasSealed() throws Exception {
        var before = secrets.seal("seed", "test");

        var process = EspaceProcess.start(environment, instance.home(), "secrets", "rotate");
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .contains("values have been sealed again.", "Nothing is sealed with an older key any more")
                .contains(instance.home().resolve("secret.key").toString());
        assertThat(process.waitFor()).isZero();

        assertThat(secrets.seal("seed", "test")).doesNotStartWith(before.substring(0, before.indexOf('.') + 1));
        assertThat(secrets.open(before, "test")).isEqualTo("seed");
    }
}
