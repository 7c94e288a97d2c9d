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
            paramLabel = "N",
            description = "The port of the pages; 0 for any free one (default: ESPACE_PORT, or else 8080).")
    private int port = Integer.parseInt(System.getenv().getOrDefault("ESPACE_PORT", "8080"));

    @Option(
            names = "--address",
            paramLabel = "A",
            description = "The address to listen on (default: localhost, this machine only).")
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
            throw new Refusal("There is no port " + port + ": choose one between 0 and 65535 with --port.");
        }
        var here = InetAddress.getByName(address);
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(here, port));
        } catch (BindException _) {
            throw new Refusal(Problems.portInUse(port));
        }
    }
}
