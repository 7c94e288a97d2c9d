package org.espace.federation.providers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real questions to a name server on this machine. */
class DnsTest {

    private final DatagramSocket socket = open();
    private final Dns dns = new Dns("dns://127.0.0.1:" + socket.getLocalPort());

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void everyTextOfADomainIsRead() {
        answer(0, "espace-domain-verification=abc", "v=spf1 -all");

        assertThat(dns.of("_espace-challenge.contoso.example"))
                .contains("espace-domain-verification=abc")
                .hasSize(2);
    }

    @Test
    void aDomainThatDoesNotExistSaysNothing() {
        answer(3);
        assertThat(dns.of("_espace-challenge.nowhere.example")).isEmpty();
    }

    @Test
    void aServerThatFailsIsNamedAsTheReason() {
        answer(2);
        assertThatExceptionOfType(ProviderRefused.class)
                .isThrownBy(() -> dns.of("_espace-challenge.broken.example"))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(ProviderRefused.Why.DOMAIN_SILENT));
    }

    /** @param code 0 for an answer, 2 for a failing server, 3 for no such name (RFC 1035, 4.1.1) */
    private void answer(int code, String... texts) {
        Thread.startVirtualThread(() -> {
            try {
                while (!socket.isClosed()) {
                    var question = new DatagramPacket(new byte[512], 512);
                    socket.receive(question);
                    var bytes = answered(question, code, List.of(texts));
                    socket.send(new DatagramPacket(bytes, bytes.length, question.getSocketAddress()));
                }
            } catch (IOException _) {
                // The test is over.
            }
        });
    }

    /** The question once more, then each text for a minute; 0xc00c says: of the name in the question. */
    private static byte[] answered(DatagramPacket asked, int code, List<String> texts) {
        var answer = new ByteArrayOutputStream();
        var head = ByteBuffer.wrap(asked.getData().clone(), 0, 12);
        head.putShort(2, (short) (0x8180 | code))
                .putShort(6, (short) texts.size())
                .putInt(8, 0);
        answer.write(head.array(), 0, 12);
        answer.write(asked.getData(), 12, endOfQuestion(asked.getData()) - 12);
        for (var text : texts) {
            answer.writeBytes(ByteBuffer.allocate(13 + text.length())
                    .putShort((short) 0xc00c)
                    .putShort((short) 16)
                    .putShort((short) 1)
                    .putInt(60)
                    .putShort((short) (text.length() + 1))
                    .put((byte) text.length())
                    .put(text.getBytes(US_ASCII))
                    .array());
        }
        return answer.toByteArray();
    }

    private static int endOfQuestion(byte[] message) {
        var at = 12;
        while (message[at] != 0) {
            at += message[at] + 1;
        }
        return at + 5;
    }

    private static DatagramSocket open() {
        try {
            return new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
