package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;

/** Text of another encoding, read as UTF-8. */
final class Utf8Stream extends InputStream {

    private final InputStreamReader reader;
    private final CharBuffer characters = CharBuffer.allocate(1 << 14);
    private final CharsetEncoder encoder = UTF_8.newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .replaceWith(new byte[] {(byte) 0xef, (byte) 0xbf, (byte) 0xbd});
    private final ByteBuffer encoded = ByteBuffer.allocate(1 << 16);
    private boolean first = true;
    private boolean ended;

    Utf8Stream(InputStream input, Charset charset) {
        reader = new InputStreamReader(
                input,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
        characters.flip();
        encoded.flip();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!encoded.hasRemaining()) {
            if (ended) {
                return -1;
            }
            encodeMore();
        }
        var read = Math.min(length, encoded.remaining());
        encoded.get(target, offset, read);
        return read;
    }

    private void encodeMore() throws IOException {
        characters.compact();
        ended = reader.read(characters) < 0;
        characters.flip();
        if (first && characters.hasRemaining()) {
            first = false;
            if (characters.get(0) == '\ufeff') {
                characters.get();
            }
        }
        encoded.clear();
        encoder.encode(characters, encoded, ended);
        encoded.flip();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
