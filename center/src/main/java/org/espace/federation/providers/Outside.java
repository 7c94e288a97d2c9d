package org.espace.federation.providers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;

/**
 * The only way to addresses that an organization's administrator has typed. HTTPS to public addresses, no redirects, a few
 * seconds and a quarter of a megabyte: our server is not a way into the network that it stands in.
 *
 * <p>The name is looked up before the connection, and the JVM keeps the answer for longer than it takes to connect (30 s),
 * so a name cannot mean one address for the check and another one for the connection.
 */
@Component
class Outside implements ClientHttpRequestFactory {

    private static final int MOST_BYTES = 256 << 10;
    private static final Duration TO_CONNECT = Duration.ofSeconds(3);
    private static final long SECONDS_ALTOGETHER = 8;

    /** Set by the client itself. */
    private static final Set<String> RESTRICTED = Set.of("content-length", "host", "connection", "expect", "upgrade");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TO_CONNECT)
            .build();
    private final boolean privateToo;

    /** @param privateToo also private addresses, and HTTP to this machine: for tests and demonstrations */
    Outside(@Value("${espace.providers.private-addresses:false}") boolean privateToo) {
        this.privateToo = privateToo;
    }

    /** @throws NotReachable when we would not ask this address, whoever answers there */
    void check(URI address) {
        var host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new NotReachable(NotReachable.Why.NO_ADDRESS, address.toString());
        }
        var addresses = resolved(host);
        var local = Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress);
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && local && privateToo)) {
            throw new NotReachable(NotReachable.Why.NOT_HTTPS, address.toString());
        }
        if (!privateToo && !Arrays.stream(addresses).allMatch(Outside::isPublic)) {
            throw new NotReachable(NotReachable.Why.PRIVATE, address.toString());
        }
    }

    @Override
    public ClientHttpRequest createRequest(URI address, HttpMethod method) {
        return new Request(address, method);
    }

    private static InetAddress[] resolved(String host) {
        try {
            return InetAddress.getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (UnknownHostException e) {
            throw new NotReachable(NotReachable.Why.SILENT, host, e);
        }
    }

    /** Not of this machine, of a local network, or of what is reserved for anything else (RFC 6890). */
    static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == 16 && isEmbeddedIpv4(bytes)) {
            return isPublic(lastFour(bytes));
        }
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        return bytes.length == 4
                ? first != 0
                        && first < 224
                        && !(first == 100 && second >= 64 && second < 128)
                        && !(first == 192 && second == 0)
                        && !(first == 198 && (second == 18 || second == 19 || second == 51))
                        && !(first == 203 && second == 0 && (bytes[2] & 0xff) == 113)
                : (first & 0xe0) == 0x20 && !(first == 0x20 && second == 0x01 && bytes[2] == 0x0d);
    }

    /** 64:ff9b::/96 and ::ffff:0:0/96 lead to IPv4, as 2002::/16 does in its first bytes, which no provider needs. */
    private static boolean isEmbeddedIpv4(byte[] bytes) {
        return (bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == -1)
                || (bytes[0] == 0 && bytes[1] == 0 && bytes[10] == -1 && bytes[11] == -1);
    }

    private static InetAddress lastFour(byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Request extends AbstractClientHttpRequest {

        private final URI address;
        private final HttpMethod method;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Request(URI address, HttpMethod method) {
            this.address = address;
            this.method = method;
        }

        @Override
        public HttpMethod getMethod() {
            return method;
        }

        @Override
        public URI getURI() {
            return address;
        }

        @Override
        protected OutputStream getBodyInternal(HttpHeaders headers) {
            return content;
        }

        @Override
        protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
            check(address);
            var request = HttpRequest.newBuilder(address)
                    .method(method.name(), HttpRequest.BodyPublishers.ofByteArray(content.toByteArray()));
            headers.forEach((name, values) -> {
                if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            var answer = client.sendAsync(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
            try {
                return new Response(answer.get(SECONDS_ALTOGETHER, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
                answer.cancel(true);
                throw new IOException("no answer from " + address.getHost(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private record Response(HttpResponse<byte[]> answer) implements ClientHttpResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatusCode.valueOf(answer.statusCode());
        }

        @Override
        public String getStatusText() {
            return statusText(HttpStatus.resolve(answer.statusCode()));
        }

        private static String statusText(@Nullable HttpStatus status) {
            return status == null ? "" : status.getReasonPhrase();
        }

        @Override
        public HttpHeaders getHeaders() {
            var headers = new HttpHeaders();
            answer.headers().map().forEach(headers::addAll);
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public void close() {}
    }
}
