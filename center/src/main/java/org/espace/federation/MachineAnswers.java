package org.espace.federation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Refuses a request before it has reached a route, in the format of its protocol: RFC 7644 or RFC 9457. */
@Component
class MachineAnswers {

    private final JsonMapper json;

    MachineAnswers(JsonMapper json) {
        this.json = json;
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
            throws IOException {
        var scim = request.getRequestURI().startsWith("/scim/");
        var body = new LinkedHashMap<String, Object>();
        if (scim) {
            body.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:Error"));
            body.put("status", Integer.toString(status.value()));
        } else {
            body.put("title", status.getReasonPhrase());
            body.put("status", status.value());
            body.put("instance", request.getRequestURI());
        }
        body.put("detail", detail);
        response.setStatus(status.value());
        response.setContentType(scim ? "application/scim+json" : "application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
