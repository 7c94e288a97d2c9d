package org.espace.federation.scim;

import de.captaingoldfish.scim.sdk.common.constants.HttpHeader;
import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.NotImplementedException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResponseException;
import de.captaingoldfish.scim.sdk.common.response.ErrorResponse;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.espace.access.Access;
import org.espace.access.Machine;
import org.espace.access.Provisioning;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.RightMissing;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The SCIM 2.0 endpoint of every organization: which one is asking is known from its token. */
@RestController
@Needs(Right.PROVISION)
class ScimController {

    static final String BASE = "/scim/v2";

    private static final int MOST_BYTES = 2 << 20;
    private static final Set<String> TO_READ_ONLY = Set.of("ServiceProviderConfig", "ResourceTypes", "Schemas");

    private final ResourceEndpoint protocol;
    private final Provisioning provisioning;
    private final TransactionOperations transactions;
    private final String url;

    ScimController(
            ResourceEndpoint protocol,
            Provisioning provisioning,
            TransactionTemplate transactions,
            @Value("${espace.url:http://localhost:${server.port}}") String url) {
        this.protocol = protocol;
        this.provisioning = provisioning;
        this.transactions = transactions;
        this.url = url;
    }

    @RequestMapping({BASE, BASE + "/**"})
    ResponseEntity<String> answer(HttpServletRequest request) throws IOException {
        var machine = Access.caller(request)
                .filter(Machine.class::isInstance)
                .map(Machine.class::cast)
                .filter(one -> one.partner().isPresent())
                .orElseThrow(() -> new RightMissing(Right.PROVISION));
        var path = request.getRequestURI().substring(BASE.length());
        var method = request.getMethod();
        var endpoint = path.split("/", 3);
        if (endpoint.length > 1
                && TO_READ_ONLY.contains(endpoint[1])
                && !List.of("GET", "HEAD").contains(method)) {
            return written(refusal(405, "only read"), Map.of("Allow", "GET, HEAD"));
        }
        if (endpoint.length > 1 && endpoint[1].equals("Me")) {
            return written(
                    new ErrorResponse(new NotImplementedException("a token is nobody: there is no /Me")), Map.of());
        }
        return switch (method) {
            case "GET", "HEAD" -> written(ask(machine, HttpMethod.GET, path, null, request), Map.of());
            case "POST", "PUT", "PATCH" -> {
                var content = request.getInputStream().readNBytes(MOST_BYTES + 1);
                yield written(
                        content.length > MOST_BYTES
                                ? refusal(413, "more than " + MOST_BYTES + " bytes")
                                : change(machine, HttpMethod.valueOf(method), path, content, request),
                        Map.of());
            }
            case "DELETE" -> written(change(machine, HttpMethod.DELETE, path, new byte[0], request), Map.of());
            default -> written(refusal(405, method), Map.of("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE"));
        };
    }

    /** A token of another kind, or of nobody's organization. */
    @ExceptionHandler(RightMissing.class)
    ResponseEntity<String> refused() {
        return written(refusal(403, "not a token for SCIM"), Map.of());
    }

    /** As a whole or not at all, and one after the other within an organization. */
    private ScimResponse change(
            Machine machine, HttpMethod method, String path, byte[] content, HttpServletRequest request) {
        return Objects.requireNonNull(transactions.execute(status -> {
            provisioning.lock(machine.partner().orElseThrow());
            var answer = ask(machine, method, path, content, request);
            if (answer.getHttpStatus() >= 400) {
                status.setRollbackOnly();
            }
            return answer;
        }));
    }

    private ScimResponse ask(
            Machine machine, HttpMethod method, String path, byte @Nullable [] content, HttpServletRequest request) {
        var query = request.getQueryString();
        try {
            return classified(protocol.handleRequest(
                    url + BASE + path + (query == null ? "" : "?" + query),
                    method,
                    content == null ? null : new String(content, charset(request)),
                    headers(request),
                    new Asking(machine, method == HttpMethod.PATCH)));
        } catch (BadRequestException e) {
            return new ErrorResponse(e);
        }
    }

    /** The library refuses a filter without the keyword that RFC 7644 has for it. */
    private static ScimResponse classified(ScimResponse answer) {
        if (answer instanceof ErrorResponse error
                && error.getScimType().isEmpty()
                && error.getDetail().orElse("").contains("filter expression")) {
            error.setScimType(ScimType.RFC7644.INVALID_FILTER);
        }
        return answer;
    }

    /** JSON is UTF-8, yet some clients send, and declare, something else. */
    private static Charset charset(HttpServletRequest request) {
        var type = request.getContentType();
        try {
            var named = type == null ? null : MediaType.parseMediaType(type).getCharset();
            return named == null ? StandardCharsets.UTF_8 : named;
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("unknown content type or charset", e);
        }
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var name :
                List.of(HttpHeader.CONTENT_TYPE_HEADER, HttpHeader.IF_MATCH_HEADER, HttpHeader.IF_NONE_MATCH_HEADER)) {
            var value = request.getHeader(name);
            // Any version will do, so there is none to compare.
            if (value != null && !value.strip().equals("*")) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static ErrorResponse refusal(int status, String detail) {
        return new ErrorResponse(new ResponseException(detail, status, null));
    }

    private static ResponseEntity<String> written(ScimResponse answer, Map<String, String> more) {
        var entity = ResponseEntity.status(answer.getHttpStatus());
        answer.getHttpHeaders().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(HttpHeader.CONTENT_TYPE_HEADER)) {
                entity.header(name, value);
            }
        });
        more.forEach(entity::header);
        entity.header("Content-Type", "application/scim+json;charset=UTF-8");
        var bodiless = answer.getHttpStatus() == 204 || answer.getHttpStatus() == 304 || answer.isEmpty();
        return bodiless ? entity.build() : entity.body(answer.toString());
    }
}
