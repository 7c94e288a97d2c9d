package org.espace.federation.scim;

import de.captaingoldfish.scim.sdk.common.constants.HttpHeader;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.NotImplementedException;
import de.captaingoldfish.scim.sdk.common.response.ErrorResponse;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espace.access.Access;
import org.espace.access.Machine;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.RightMissing;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The SCIM 2.0 endpoint of every organization: which one is asking is known from its token. */
@RestController
@Needs(Right.PROVISION)
class ScimController {

    static final String BASE = "/scim/v2";

    private static final String BULK = "/Bulk";
    private static final int MOST_BYTES = 2 << 20;
    private static final Set<String> TO_READ_ONLY = Set.of("ServiceProviderConfig", "ResourceTypes", "Schemas");

    private final ScimRequests requests;
    private final ScimBulk bulk;

    ScimController(ScimRequests requests, ScimBulk bulk) {
        this.requests = requests;
        this.bulk = bulk;
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
            return written(ScimRequests.refusal(405, "only read"), Map.of("Allow", "GET, HEAD"));
        }
        if (endpoint.length > 1 && endpoint[1].equals("Me")) {
            return written(
                    new ErrorResponse(new NotImplementedException("a token is nobody: there is no /Me")), Map.of());
        }
        if (isBulk(path) && !method.equals("POST")) {
            return written(ScimRequests.refusal(405, method), Map.of("Allow", "POST"));
        }
        var asked = path + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
        return switch (method) {
            case "GET", "HEAD" -> written(requests.read(machine, asked, headers(request)), Map.of());
            case "POST", "PUT", "PATCH" ->
                written(change(machine, HttpMethod.valueOf(method), path, asked, request), Map.of());
            case "DELETE" ->
                written(requests.change(machine, HttpMethod.DELETE, asked, "", headers(request)), Map.of());
            default ->
                written(ScimRequests.refusal(405, method), Map.of("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE"));
        };
    }

    private static boolean isBulk(String path) {
        return path.equals(BULK) || path.equals(BULK + "/");
    }

    /** The library would take it, and every end of it, for a bulk request of its own. */
    private static boolean endsLikeBulk(String path) {
        var parts = path.split("/", 0);
        return parts.length > 0 && BULK.endsWith(parts[parts.length - 1]);
    }

    /** A token of another kind, or of nobody's organization. */
    @ExceptionHandler(RightMissing.class)
    ResponseEntity<String> refused() {
        return written(ScimRequests.refusal(403, "not a token for SCIM"), Map.of());
    }

    private ScimResponse change(
            Machine machine, HttpMethod method, String path, String asked, HttpServletRequest request)
            throws IOException {
        var most = isBulk(path) ? BulkRequest.MOST_BYTES : MOST_BYTES;
        var content = request.getInputStream().readNBytes(most + 1);
        if (content.length > most) {
            return ScimRequests.refusal(413, "at most " + most + " bytes" + (isBulk(path) ? " (maxPayloadSize)" : ""));
        }
        String text;
        try {
            text = new String(content, charset(request));
        } catch (BadRequestException e) {
            return new ErrorResponse(e);
        }
        if (isBulk(path)) {
            return bulk.answer(machine, text);
        }
        return method == HttpMethod.POST && endsLikeBulk(path)
                ? ScimRequests.refusal(404, "nothing at " + path)
                : requests.change(machine, method, asked, text, headers(request));
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
