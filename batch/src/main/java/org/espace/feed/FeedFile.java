package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file as a vendor sent it. Its bytes say what it is, not its name: Parquet, or text in one of the usual encodings,
 * compressed with gzip or not.
 */
public final class FeedFile {

    private static final int SAMPLE = 1 << 20;

    /** Beyond this size, text that grows more than {@link #MOST_EXPANSION} times when decompressed is no feed. */
    private static final long HARMLESS = 256L << 20;

    private static final long MOST_EXPANSION = 250;

    private final Path path;
    private final long size;
    private final String sha256;
    private final boolean parquet;
    private final boolean gzip;
    private final byte[] sample;
    private final Optional<Charset> detected;

    private FeedFile(
            Path path,
            long size,
            String sha256,
            boolean parquet,
            boolean gzip,
            byte[] sample,
            Optional<Charset> detected) {
        this.path = path;
        this.size = size;
        this.sha256 = sha256;
        this.parquet = parquet;
        this.gzip = gzip;
        this.sample = sample;
        this.detected = detected;
    }

    /** Reads the file once, for its fingerprint and its encoding; refuses what no mapping could read. */
    public static FeedFile open(Path path) throws IOException {
        var size = Files.size(path);
        if (size == 0) {
            throw new FileRefused(Code.EMPTY_FILE, Map.of());
        }
        var guess = new EncodingGuess();
        var digest = newDigest();
        try (var input = Files.newInputStream(path)) {
            var buffer = new byte[1 << 16];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                digest.update(buffer, 0, read);
                guess.see(buffer, read);
            }
        }
        var fingerprint = HexFormat.of().formatHex(digest.digest());
        byte[] start;
        try (var input = Files.newInputStream(path)) {
            start = input.readNBytes(4);
        }
        if (startsWith(start, 'P', 'A', 'R', '1')) {
            return new FeedFile(path, size, fingerprint, true, false, start, Optional.empty());
        }
        if (startsWith(start, 'P', 'K', 3, 4)) {
            throw new FileRefused(Code.BINARY_FILE, Map.of());
        }
        var gzip = startsWith(start, 0x1f, 0x8b);
        byte[] sample;
        try (var input = decompressed(path, size, gzip)) {
            sample = input.readNBytes(SAMPLE);
        }
        if (sample.length == 0) {
            throw new FileRefused(Code.EMPTY_FILE, Map.of());
        }
        if (gzip) {
            guess = new EncodingGuess();
            guess.see(sample, sample.length);
        }
        var charset = guess.charset(sample);
        refuseBinary(sample, charset);
        return new FeedFile(path, size, fingerprint, false, gzip, sample, Optional.of(charset));
    }

    public String sha256() {
        return sha256;
    }

    /** One fingerprint of all the files beside this one that the mapping reads. */
    public String besideSha256(Mapping mapping) throws IOException {
        var digest = newDigest();
        for (var name : mapping.filesBeside()) {
            var beside = path.resolveSibling(name);
            if (Files.isRegularFile(beside)) {
                digest.update((name + '\n').getBytes(UTF_8));
                try (var input = Files.newInputStream(beside)) {
                    var buffer = new byte[1 << 16];
                    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                        digest.update(buffer, 0, read);
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    boolean isParquet() {
        return parquet;
    }

    Path path() {
        return path;
    }

    /** The start of the text, to find its separator in. */
    String sampleText(Optional<Charset> given) {
        return new String(sample, charset(given));
    }

    /** The whole text as UTF-8 without a byte order mark. Bytes that are no text become U+FFFD. */
    Text text(Optional<Charset> given) throws IOException {
        var charset = charset(given);
        var counting = new CountingStream(Files.newInputStream(path));
        var input = new BufferedInputStream(decompressed(counting, size, gzip), 1 << 16);
        if (charset.equals(UTF_8)) {
            input.mark(3);
            var bom = input.readNBytes(3);
            if (!startsWith(bom, 0xef, 0xbb, 0xbf)) {
                input.reset();
            }
            return new Text(input, size, counting);
        }
        return new Text(new Utf8Stream(input, charset), size, counting);
    }

    record Text(InputStream input, long size, CountingStream counting) {}

    private Charset charset(Optional<Charset> given) {
        return given.or(() -> detected).orElse(UTF_8);
    }

    private static void refuseBinary(byte[] sample, Charset charset) {
        var wide = charset.equals(UTF_16BE) || charset.equals(UTF_16LE);
        int odd = 0;
        for (int at = 0; at < sample.length; at++) {
            var b = sample[at] & 0xff;
            if (b == 0 && !wide) {
                throw new FileRefused(Code.BINARY_FILE, Map.of());
            }
            if (b != 0 && (b < 9 || b > 13) && b < 32) {
                odd++;
            }
        }
        if (!wide && odd > 8 && odd > sample.length / 100) {
            throw new FileRefused(Code.BINARY_FILE, Map.of());
        }
    }

    private static InputStream decompressed(Path path, long size, boolean gzip) throws IOException {
        return decompressed(new CountingStream(Files.newInputStream(path)), size, gzip);
    }

    private static InputStream decompressed(CountingStream raw, long size, boolean gzip) throws IOException {
        try {
            return gzip ? new Inflating(new GZIPInputStream(raw, 1 << 16), size) : raw;
        } catch (EOFException e) {
            throw new FileRefused(Code.TRUNCATED_FILE, Map.of());
        } catch (ZipException e) {
            throw new FileRefused(Code.DAMAGED_FILE, Map.of());
        }
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int at = 0; at < expected.length; at++) {
            if ((bytes[at] & 0xff) != expected[at]) {
                return false;
            }
        }
        return true;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts the bytes taken from the disk, for the progress bar. */
    static final class CountingStream extends FilterInputStream {

        private volatile long count;

        CountingStream(InputStream input) {
            super(input);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            var b = super.read();
            add(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var read = super.read(target, offset, length);
            add(Math.max(0, read));
            return read;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads the file, others only look
        private void add(int bytes) {
            count += bytes;
        }
    }

    /** Turns what goes wrong inside a compressed file into its refusal, and stops a bomb. */
    private static final class Inflating extends FilterInputStream {

        private final long most;
        private long inflated;

        Inflating(InputStream input, long compressed) {
            super(input);
            most = Math.max(HARMLESS, compressed * MOST_EXPANSION);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                var read = super.read(target, offset, length);
                inflated += Math.max(0, read);
                if (inflated > most) {
                    throw new FileRefused(Code.DECOMPRESSES_TOO_FAR, Map.of("factor", Long.toString(MOST_EXPANSION)));
                }
                return read;
            } catch (EOFException e) {
                throw new FileRefused(Code.TRUNCATED_FILE, Map.of());
            } catch (ZipException e) {
                throw new FileRefused(Code.DAMAGED_FILE, Map.of());
            }
        }
    }
}
