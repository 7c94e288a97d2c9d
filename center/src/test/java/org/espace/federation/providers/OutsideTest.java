package org.espace.federation.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is not a way into the network that it stands in. */
class OutsideTest {

    private final Outside outside = new Outside(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2001:db8::1"
            })
    void noPrivateAddressIsAsked(String address) {
        assertThat(Outside.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"})
    void publicAddressesAreAsked(String address) {
        assertThat(Outside.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://127.0.0.1/     | PRIVATE
            https://[::1]:8443/    | PRIVATE
            https://2130706433/    | PRIVATE
            https://localhost/     | PRIVATE
            http://8.8.8.8/        | NOT_HTTPS
            http://127.0.0.1/      | NOT_HTTPS
            https://a@8.8.8.8/     | NO_ADDRESS
            gopher://8.8.8.8/      | NOT_HTTPS
            """)
    void whatIsRefusedSaysWhy(String address, NotReachable.Why why) {
        assertThatExceptionOfType(NotReachable.class)
                .isThrownBy(() -> outside.check(URI.create(address)))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(why));
    }
}
