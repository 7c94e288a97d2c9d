package org.espace.notices;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A mail server that says no to one step of the protocol (RFC 5321), the greeting or a command, and yes to the others. */
final class RefusingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String step;
    private final String answer;

    RefusingServer(String step, String answer) throws IOException {
        this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.step = step;
        this.answer = answer;
        Thread.startVirtualThread(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void talk(Socket client) throws IOException {
        say(client, step.equals("greeting") ? answer : "220 ready");
        var commands = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        for (var command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.startsWith(step)) {
                say(client, answer);
            } else if (command.startsWith("QUIT")) {
                say(client, "221 bye");
                return;
            } else {
                say(client, command.startsWith("DATA") ? "354 go on" : "250 fine");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
        client.getOutputStream().flush();
    }
}
