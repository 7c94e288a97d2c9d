package org.espace.federation.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResponseException;
import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Many requests in one, RFC 7644 section 3.7.
 *
 * @param operations in the order in which they were sent
 * @param creators by bulkId, which of them creates it
 * @param mostFaults after so many refusals nothing more is done
 */
record BulkRequest(List<BulkOperation> operations, Map<String, Integer> creators, int mostFaults) {

    static final int MOST_OPERATIONS = 1_000;
    static final int MOST_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    BulkRequest {
        operations = List.copyOf(operations);
        creators = Map.copyOf(creators);
    }

    /** @throws ScimException 400 for what is no bulk request, 413 for too many operations: nothing is done then */
    static BulkRequest read(String content) {
        var sent = parsed(content);
        if (!isBulkRequest(sent)) {
            throw invalid("schemas names " + SchemaUris.BULK_REQUEST_URI);
        }
        var all = BulkOperation.field(sent, "Operations")
                .filter(JsonNode::isArray)
                .orElseThrow(() -> invalid("Operations is a list"));
        if (all.size() > MOST_OPERATIONS) {
            throw new ResponseException(
                    "maxOperations is " + MOST_OPERATIONS + ", and there are " + all.size(), 413, null);
        }
        var operations = new ArrayList<BulkOperation>();
        all.forEach(one -> operations.add(BulkOperation.read(one)));
        var creators = creators(operations);
        operations.replaceAll(one -> checked(one, operations, creators));
        return new BulkRequest(operations, creators, mostFaults(sent));
    }

    private static JsonNode parsed(String content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new BadRequestException("not JSON", e, ScimType.RFC7644.INVALID_SYNTAX);
        }
    }

    private static boolean isBulkRequest(JsonNode sent) {
        for (var schema : BulkOperation.field(sent, "schemas").orElse(sent)) {
            if (schema.asText().equalsIgnoreCase(SchemaUris.BULK_REQUEST_URI)) {
                return true;
            }
        }
        return false;
    }

    private static int mostFaults(JsonNode sent) {
        var most = BulkOperation.field(sent, "failOnErrors");
        if (most.filter(number -> !number.canConvertToInt() || !number.isIntegralNumber())
                .isPresent()) {
            throw invalid("failOnErrors is a whole number");
        }
        return most.map(number -> Math.max(1, number.asInt())).orElse(Integer.MAX_VALUE);
    }

    /** Whoever names an id that two have could mean either. */
    private static Map<String, Integer> creators(List<BulkOperation> operations) {
        var seen = new HashSet<String>();
        var creators = new HashMap<String, Integer>();
        for (var i = 0; i < operations.size(); i++) {
            var bulkId = operations.get(i).bulkId();
            if (bulkId != null && !seen.add(bulkId)) {
                throw invalid("two operations have the bulkId " + bulkId);
            }
            if (bulkId != null && operations.get(i).method().equals("POST")) {
                creators.put(bulkId, i);
            }
        }
        return creators;
    }

    /** A path names what is created in its own place, and data name users: we have nothing that refers to a group. */
    private static BulkOperation checked(
            BulkOperation operation, List<BulkOperation> all, Map<String, Integer> creators) {
        if (operation.fault() != null) {
            return operation;
        }
        var wrong = operation
                .named()
                .filter(bulkId -> !creates(bulkId, String.valueOf(operation.resources()), all, creators))
                .or(() -> operation.namedInData().stream()
                        .filter(bulkId -> !creates(bulkId, BulkOperation.USERS, all, creators))
                        .findFirst());
        return wrong.map(bulkId ->
                        operation.refused(Refused.invalid("nothing that could stand here is created as " + bulkId)))
                .orElse(operation);
    }

    private static boolean creates(
            String bulkId, String resources, List<BulkOperation> all, Map<String, Integer> creators) {
        return Optional.ofNullable(creators.get(bulkId))
                .map(all::get)
                .filter(creator -> resources.equals(creator.resources()))
                .isPresent();
    }

    private static ScimException invalid(String why) {
        return new BadRequestException(why, ScimType.RFC7644.INVALID_SYNTAX);
    }

    /** Each after whatever it names, else in the order in which they were sent; those that name each other stand together. */
    List<List<Integer>> order() {
        return BulkOrder.of(operations.stream().map(this::needs).toList());
    }

    boolean namesItself(int operation) {
        return needs(operations.get(operation)).contains(operation);
    }

    private Set<Integer> needs(BulkOperation operation) {
        var needs = new LinkedHashSet<Integer>();
        if (operation.fault() == null) {
            operation.named().ifPresent(bulkId -> needs.add(creator(bulkId)));
            operation.namedInData().forEach(bulkId -> needs.add(creator(bulkId)));
        }
        return needs;
    }

    private Integer creator(String bulkId) {
        return Objects.requireNonNull(creators.get(bulkId));
    }
}
