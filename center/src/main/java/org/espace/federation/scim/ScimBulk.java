package org.espace.federation.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.captaingoldfish.scim.sdk.common.constants.HttpHeader;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;
import de.captaingoldfish.scim.sdk.common.response.BulkResponse;
import de.captaingoldfish.scim.sdk.common.response.ErrorResponse;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espace.access.Machine;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Bulk requests, RFC 7644 section 3.7. Each operation is what it would be as a request of its own, in a transaction of its
 * own; only users who name each other are created together or not at all. What names something that was not created is
 * refused with 409.
 */
@Component
class ScimBulk {

    private final ScimRequests requests;

    ScimBulk(ScimRequests requests) {
        this.requests = requests;
    }

    ScimResponse answer(Machine machine, String content) {
        BulkRequest request;
        try {
            request = BulkRequest.read(content);
        } catch (ScimException e) {
            return new ErrorResponse(e);
        }
        var ids = new HashMap<String, String>();
        var results = new TreeMap<Integer, ObjectNode>();
        var faults = 0;
        for (var together : request.order()) {
            if (faults >= request.mostFaults()) {
                break;
            }
            var answers = answers(machine, request, together, ids);
            for (var i = 0; i < together.size(); i++) {
                var operation = request.operations().get(together.get(i));
                var answer = answers.get(i);
                if (ScimRequests.isRefusal(answer)) {
                    faults++;
                } else if (operation.creates()) {
                    ids.put(String.valueOf(operation.bulkId()), id(answer));
                }
                results.put(together.get(i), result(operation, answer, ids));
            }
        }
        return answer(results.values());
    }

    /** 200, whatever became of each: that is what their own status says. */
    private static ScimResponse answer(Collection<ObjectNode> results) {
        var answer = new BulkResponse(List.of(), 200);
        answer.putArray("Operations").addAll(results);
        return answer;
    }

    private List<ScimResponse> answers(
            Machine machine, BulkRequest request, List<Integer> together, Map<String, String> ids) {
        var operations = together.stream().map(request.operations()::get).toList();
        return together.size() == 1 && !request.namesItself(together.getFirst())
                ? List.of(alone(machine, operations.getFirst(), ids))
                : circle(machine, operations, ids);
    }

    private ScimResponse alone(Machine machine, BulkOperation operation, Map<String, String> ids) {
        if (operation.fault() != null) {
            return new ErrorResponse(operation.fault());
        }
        var missing = missing(operation, ids.keySet());
        return missing.isEmpty() ? ask(machine, operation, ids) : notCreated(missing);
    }

    private ScimResponse ask(Machine machine, BulkOperation operation, Map<String, String> ids) {
        return requests.change(
                machine, operation.verb(), operation.path(ids), operation.content(ids), headers(operation));
    }

    private static Map<String, String> headers(BulkOperation operation) {
        var headers = new HashMap<>(Map.of(HttpHeader.CONTENT_TYPE_HEADER, HttpHeader.SCIM_CONTENT_TYPE));
        if (operation.version() != null && !operation.version().equals("*")) {
            headers.put(HttpHeader.IF_MATCH_HEADER, operation.version());
        }
        return headers;
    }

    /** Each is created without those that do not exist yet, and completed once all of them do. */
    private List<ScimResponse> circle(Machine machine, List<BulkOperation> operations, Map<String, String> ids) {
        var members =
                operations.stream().map(one -> String.valueOf(one.bulkId())).collect(Collectors.toSet());
        for (var operation : operations) {
            var missing = missing(operation, union(ids.keySet(), members));
            if (!missing.isEmpty()) {
                return Collections.nCopies(operations.size(), notCreated(missing));
            }
        }
        try {
            return requests.together(
                    machine,
                    () -> inCircle(machine, operations, members, ids),
                    answers -> answers.stream().anyMatch(ScimRequests::isRefusal));
        } catch (TransactionException | DataAccessException _) {
            return Collections.nCopies(
                    operations.size(), ScimRequests.refusal(409, "users who name each other were not created"));
        }
    }

    private List<ScimResponse> inCircle(
            Machine machine, List<BulkOperation> operations, Set<String> members, Map<String, String> ids) {
        var known = new HashMap<>(ids);
        var answers = new ArrayList<ScimResponse>();
        for (var operation : operations) {
            var unknown = new HashSet<>(members);
            unknown.removeAll(known.keySet());
            var answer = ask(machine, operation.without(unknown), known);
            if (ScimRequests.isRefusal(answer)) {
                return refused(operations, operation, answer);
            }
            known.put(String.valueOf(operation.bulkId()), id(answer));
            answers.add(answer);
        }
        for (var i = 0; i < operations.size(); i++) {
            var operation = operations.get(i);
            var completed = requests.change(
                    machine,
                    HttpMethod.PUT,
                    operation.path() + "/" + id(answers.get(i)),
                    operation.content(known),
                    headers(operation));
            if (ScimRequests.isRefusal(completed)) {
                return refused(operations, operation, completed);
            }
            version(completed, answers.get(i));
        }
        return answers;
    }

    private static void version(ScimResponse from, ScimResponse to) {
        var version = from.getHttpHeaders().get(HttpHeader.E_TAG_HEADER);
        if (version != null) {
            to.getHttpHeaders().put(HttpHeader.E_TAG_HEADER, version);
        }
    }

    private static List<ScimResponse> refused(
            List<BulkOperation> operations, BulkOperation refused, ScimResponse answer) {
        return operations.stream()
                .map(one -> one.equals(refused) ? answer : notCreated(Set.of(String.valueOf(refused.bulkId()))))
                .toList();
    }

    private static Set<String> missing(BulkOperation operation, Set<String> known) {
        var missing = new HashSet<>(operation.namedInData());
        operation.named().ifPresent(missing::add);
        missing.removeAll(known);
        return missing;
    }

    private static ScimResponse notCreated(Set<String> missing) {
        return ScimRequests.refusal(
                409, "not created, although it is named here: " + String.join(", ", List.copyOf(missing)));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static String id(ScimResponse created) {
        return Objects.requireNonNull(created.get("id")).asText();
    }

    private ObjectNode result(BulkOperation operation, ScimResponse answer, Map<String, String> ids) {
        var result = JsonNodeFactory.instance.objectNode();
        result.put("method", operation.method());
        if (operation.bulkId() != null) {
            result.put("bulkId", operation.bulkId());
        }
        var isRefusal = ScimRequests.isRefusal(answer);
        if (!operation.method().equals("POST")) {
            result.put(
                    "location",
                    requests.location(
                            missing(operation, ids.keySet()).isEmpty() ? operation.path(ids) : operation.path()));
        } else if (!isRefusal) {
            result.put("location", requests.location(operation.path() + "/" + id(answer)));
        }
        var version = answer.getHttpHeaders().get(HttpHeader.E_TAG_HEADER);
        if (version != null) {
            result.put("version", version);
        }
        result.put("status", Integer.toString(answer.getHttpStatus()));
        if (isRefusal) {
            result.set("response", answer);
        }
        return result;
    }
}
