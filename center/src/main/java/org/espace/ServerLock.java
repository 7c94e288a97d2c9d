package org.espace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;

/** Held by the one process that serves an instance; says to others where that is. Freed however the process ends. */
final class ServerLock implements AutoCloseable {

    private final FileChannel file;

    private ServerLock(FileChannel file) {
        this.file = file;
    }

    static ServerLock take(Home home) throws IOException {
        var path = home.folder().resolve("server.lock");
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            var holder = read(file);
            file.close();
            throw new Refusal(
                    "runs-already", "folder", home.folder(), "holder", holder.isBlank() ? "" : ", " + holder);
        }
        var lock = new ServerLock(file);
        lock.write("process " + ProcessHandle.current().pid() + " (starting)");
        return lock;
    }

    void announce(String url) throws IOException {
        write("process " + ProcessHandle.current().pid() + " at " + url);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write(String text) throws IOException {
        file.truncate(0);
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String read(FileChannel file) throws IOException {
        var bytes = ByteBuffer.allocate(1000);
        file.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
