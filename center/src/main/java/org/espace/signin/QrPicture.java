package org.espace.signin;

import io.nayuki.qrcodegen.QrCode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A QR code as one path of squares.
 *
 * @param size of the whole picture with its quiet zone, in squares
 * @param path for the attribute {@code d}
 */
public record QrPicture(int size, String path) {

    /** As many light squares around as the standard asks for. */
    private static final int QUIET = 4;

    static QrPicture of(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = IntStream.range(0, code.size * code.size)
                .filter(i -> code.getModule(i % code.size, i / code.size))
                .mapToObj(i -> "M" + (i % code.size + QUIET) + " " + (i / code.size + QUIET) + "h1v1h-1z")
                .collect(Collectors.joining());
        return new QrPicture(code.size + 2 * QUIET, path);
    }
}
