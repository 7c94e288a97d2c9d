package org.espace.documents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.espace.documents.DocumentRefused.Why;
import org.espace.web.Instance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(US_ASCII);

    @TempDir
    Path home;

    Documents documents;

    @BeforeEach
    void openFolder() {
        documents = new Documents(new Instance(home, home.resolve("lake")));
    }

    @Test
    void aFileLiesUnderItsSha256AndTwiceTheSameLiesThereOnce() throws IOException {
        var document = keep(PDF);
        assertThat(keep(PDF)).isEqualTo(document);
        assertThat(document.type()).isEqualTo(DocumentType.PDF);
        assertThat(document.size()).isEqualTo(PDF.length);
        try (var files = Files.walk(home.resolve("documents"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(file ->
                            assertThat(file).hasFileName(document.sha256()).hasBinaryContent(PDF));
        }
    }

    @Test
    void itIsGivenOutAsAnAttachmentOfItsTrueType() {
        var answer = documents.attachment(keep(PDF), "appeal-7");
        assertThat(answer.getHeaders().getFirst("Content-Disposition"))
                .startsWith("attachment;")
                .contains("appeal-7.pdf");
        assertThat(answer.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeaders().getContentType()).hasToString("application/pdf");
    }

    @Test
    void theTypeIsWhatTheBytesSay() {
        assertThat(keep(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0})
                        .type())
                .isEqualTo(DocumentType.PNG);
        assertThat(keep(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0})
                        .type())
                .isEqualTo(DocumentType.JPEG);
        assertThat(refusal("<html><script>alert(1)</script>".getBytes(US_ASCII)))
                .isEqualTo(Why.UNKNOWN_TYPE);
        assertThat(refusal("MZ".getBytes(US_ASCII))).isEqualTo(Why.UNKNOWN_TYPE);
        assertThat(refusal(new byte[0])).isEqualTo(Why.EMPTY);
    }

    @Test
    void tenMegabytesAreTakenAndAByteMoreIsNotAndNothingIsLeftBehind() throws IOException {
        assertThat(keep(Arrays.copyOf(PDF, 10 << 20)).size()).isEqualTo(10 << 20);
        assertThat(refusal(Arrays.copyOf(PDF, (10 << 20) + 1))).isEqualTo(Why.TOO_LARGE);
        try (var files = Files.walk(home.resolve("documents"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    private Document keep(byte[] content) {
        return documents.keep(new ByteArrayInputStream(content));
    }

    private Why refusal(byte[] content) {
        var refused = new Why[1];
        assertThatThrownBy(() -> keep(content))
                .isInstanceOfSatisfying(DocumentRefused.class, refusal -> refused[0] = refusal.why());
        return refused[0];
    }
}
