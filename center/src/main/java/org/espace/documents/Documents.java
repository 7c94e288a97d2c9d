package org.espace.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.espace.documents.DocumentRefused.Why;
import org.espace.web.Instance;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;

/**
 * The door to the files that people hand in. What is kept is written whole and never changed; a file that nobody's row
 * names, because its transaction failed, does no harm.
 */
@Service
public class Documents {

    /** In bytes: 10 MB. */
    public static final long LARGEST = 10L << 20;

    private final Path folder;

    Documents(Instance instance) {
        this.folder = instance.home().resolve("documents");
    }

    /** @throws DocumentRefused when it is empty, larger than {@link #LARGEST}, or neither PDF, PNG nor JPEG */
    public Document keep(InputStream content) {
        try {
            Files.createDirectories(folder);
            var temporary = Files.createTempFile(folder, "incoming-", ".part");
            try {
                return keep(content, temporary);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Document keep(InputStream content, Path temporary) throws IOException {
        var sha256 = sha256();
        var size = 0L;
        var beginning = new byte[0];
        try (var in = new DigestInputStream(content, sha256);
                var out = Files.newOutputStream(temporary)) {
            beginning = in.readNBytes(DocumentType.BEGINNING);
            out.write(beginning);
            size = beginning.length;
            var buffer = new byte[1 << 16];
            for (int read; size <= LARGEST && (read = in.read(buffer)) >= 0; size += read) {
                out.write(buffer, 0, read);
            }
        }
        if (size == 0) {
            throw new DocumentRefused(Why.EMPTY);
        }
        if (size > LARGEST) {
            throw new DocumentRefused(Why.TOO_LARGE);
        }
        var type =
                DocumentType.ofContent(beginning).orElseThrow(() -> new DocumentRefused(Why.UNKNOWN_TYPE));
        var document = new Document(HexFormat.of().formatHex(sha256.digest()), type, size);
        var place = place(document);
        Files.createDirectories(place.getParent());
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        return document;
    }

    /** As an answer that no browser opens by itself: an attachment of its true type under the given name. */
    public ResponseEntity<Resource> attachment(Document document, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.type().mediaType()))
                .contentLength(document.size())
                .cacheControl(CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + "." + document.type().code())
                                .build()
                                .toString())
                .body(new FileSystemResource(place(document)));
    }

    private Path place(Document document) {
        return folder.resolve(document.sha256().substring(0, 2)).resolve(document.sha256());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
