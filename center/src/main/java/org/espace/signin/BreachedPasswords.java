package org.espace.signin;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espace.web.Instance;
import org.springframework.stereotype.Component;

/**
 * Passwords that have become known, looked up without a network: the thirty thousand most frequent ones, which zxcvbn
 * carries, with up to four digits behind them or not, and the operator's own list, {@code breached-passwords.txt} in the
 * instance's folder.
 *
 * <p>The operator's has a line for each password, a SHA-1 in hexadecimal or the beginning of one, sorted, with {@code :}
 * and a count behind it or not, as Have I Been Pwned hands its lists out; it is searched on the disk, and may be of any
 * size.
 */
@Component
class BreachedPasswords {

    private static final String FREQUENT = "matchers/dictionaries/passwords.txt";
    private static final Pattern DIGITS_BEHIND = Pattern.compile("\\d{1,4}$");
    private static final int LONGEST_LINE = 200;

    private final Set<String> frequent;
    private final Path own;

    BreachedPasswords(Instance instance) {
        this.own = instance.home().resolve("breached-passwords.txt");
        try (var list = Zxcvbn.class.getResourceAsStream(FREQUENT)) {
            if (list == null) {
                throw new IllegalStateException(FREQUENT + " is missing");
            }
            this.frequent = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean contain(String password) {
        var small = password.toLowerCase(Locale.ROOT);
        return frequent.contains(small)
                || frequent.contains(DIGITS_BEHIND.matcher(small).replaceFirst(""))
                || isOwn(sha1(password))
                || isOwn(sha1(small));
    }

    int size() {
        return frequent.size();
    }

    private boolean isOwn(byte[] hash) {
        if (!Files.isReadable(own)) {
            return false;
        }
        try (var file = new RandomAccessFile(own.toFile(), "r")) {
            return isIn(file, HexFormat.of().withUpperCase().formatHex(hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Between two bytes of the file, of which the lower one begins a line. */
    private static boolean isIn(RandomAccessFile file, String hash) throws IOException {
        long low = 0;
        var high = file.length();
        while (low < high) {
            var start = lineAt(file, low, (low + high) >>> 1);
            file.seek(start);
            var line = line(file);
            var prefix = prefix(line);
            var order = prefix.compareTo(hash.substring(0, Math.min(prefix.length(), hash.length())));
            if (order == 0 && !prefix.isEmpty()) {
                return true;
            }
            if (order < 0 || prefix.isEmpty()) {
                low = start + line.length() + 1;
            } else {
                high = start;
            }
        }
        return false;
    }

    /** Where the line begins that holds the byte. */
    private static long lineAt(RandomAccessFile file, long lowest, long at) throws IOException {
        var from = Math.max(lowest, at - LONGEST_LINE);
        var before = new byte[(int) (at - from)];
        file.seek(from);
        file.readFully(before);
        for (var i = before.length - 1; i >= 0; i--) {
            if (before[i] == '\n') {
                return from + i + 1;
            }
        }
        return from;
    }

    private static String line(RandomAccessFile file) throws IOException {
        var bytes = new byte[LONGEST_LINE];
        var read = Math.max(0, file.read(bytes));
        var text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        var end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String prefix(String line) {
        var colon = line.indexOf(':');
        return (colon < 0 ? line : line.substring(0, colon)).strip().toUpperCase(Locale.ROOT);
    }

    /** Not to keep a secret: it is what such lists are written in. */
    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
