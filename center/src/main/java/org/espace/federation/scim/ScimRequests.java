package org.espace.federation.scim;

import de.captaingoldfish.scim.sdk.common.constants.HttpHeader;
import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.exceptions.InternalServerException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResponseException;
import de.captaingoldfish.scim.sdk.common.response.ErrorResponse;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.espace.access.Machine;
import org.espace.access.Provisioning;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** What a directory asks for, one request at a time, whether it came alone or among others. */
@Component
class ScimRequests {

    private final ResourceEndpoint protocol;
    private final Provisioning provisioning;
    private final TransactionOperations transactions;
    private final String root;

    ScimRequests(
            ResourceEndpoint protocol,
            Provisioning provisioning,
            TransactionTemplate transactions,
            @Value("${espace.url:http://localhost:${server.port}}") String url) {
        this.protocol = protocol;
        this.provisioning = provisioning;
        this.transactions = transactions;
        this.root = url + ScimController.BASE;
    }

    static boolean isRefusal(ScimResponse answer) {
        return answer.getHttpStatus() >= 400;
    }

    static ErrorResponse refusal(int status, String detail) {
        return new ErrorResponse(new ResponseException(detail, status, null));
    }

    /** The address of what a path names. */
    String location(String path) {
        return root + path;
    }

    ScimResponse read(Machine machine, String path, Map<String, String> headers) {
        return ask(machine, HttpMethod.GET, path, null, headers);
    }

    /** As a whole or not at all. */
    ScimResponse change(Machine machine, HttpMethod method, String path, String content, Map<String, String> headers) {
        try {
            return together(machine, () -> ask(machine, method, path, content, headers), ScimRequests::isRefusal);
        } catch (TransactionException | DataAccessException e) {
            return new ErrorResponse(new InternalServerException(e.getMessage(), e, null));
        }
    }

    /** All changes or none, and those of an organization one after the other. */
    <T> T together(Machine machine, Supplier<T> changes, Predicate<T> isRefused) {
        return Objects.requireNonNull(transactions.execute(status -> {
            provisioning.lock(machine.partner().orElseThrow());
            var answer = changes.get();
            if (isRefused.test(answer)) {
                status.setRollbackOnly();
            }
            return answer;
        }));
    }

    private ScimResponse ask(
            Machine machine, HttpMethod method, String path, @Nullable String content, Map<String, String> headers) {
        return versioned(classified(protocol.handleRequest(
                location(path), method, content, headers, new Asking(machine, method == HttpMethod.PATCH))));
    }

    /** The library leaves the header out when something is replaced. */
    private static ScimResponse versioned(ScimResponse answer) {
        var version = answer.path("meta").path("version").asText();
        if (!version.isEmpty()) {
            answer.getHttpHeaders().putIfAbsent(HttpHeader.E_TAG_HEADER, version);
        }
        return answer;
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
}
