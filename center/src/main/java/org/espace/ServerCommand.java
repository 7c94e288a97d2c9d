package org.espace;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import picocli.CommandLine.Option;

/** A command that serves an instance's pages until it is told to end. */
abstract class ServerCommand extends InstanceCommand {

    @Option(
            names = "--port",
            paramLabel = "N")
    private int port = Integer.parseInt(System.getenv().getOrDefault("ESPACE_PORT", "8080"));

    @Option(
            names = "--address",
            paramLabel = "A")
    private String address = "localhost";

    /** What this server does otherwise than others, as settings. */
    String[] settings() {
        return new String[0];
    }

    /** Before anything is started. */
    abstract void prepare(Home home) throws IOException;

    /** Once the pages can be asked for. */
    abstract void ready(Home home, Center center, String url) throws Exception;

    @Override
    void run(Home home) throws Exception {
        try (var lock = ServerLock.take(home)) {
            requireFreePort();
            prepare(home);
            try (var center = Center.serve(home, address, port, settings())) {
                var url = "http://localhost:" + center.port();
                lock.announce(url);
                ready(home, center, url);
                center.untilClosed();
            }
        }
    }

    private void requireFreePort() throws IOException {
        if (port < 0 || port > 65535) {
            throw new Refusal("no-port", "port", port);
        }
        var here = InetAddress.getByName(address);
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(here, port));
        } catch (BindException _) {
            throw new Refusal("port-in-use", "port", port);
        }
    }
}
