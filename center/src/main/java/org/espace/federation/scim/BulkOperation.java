package org.espace.federation.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the requests within a bulk request, with {@code bulkId:…} wherever it names what another of them creates.
 *
 * @param method as it was sent, also where it is none of ours
 * @param resources {@code /Users} or {@code /Groups}; null where the path names neither
 * @param id what the path names of them; null for the one that is created
 * @param version that the resource has to have
 * @param data a missing node where nothing is sent along
 * @param fault why it is refused before anything is looked up
 */
record BulkOperation(
        String method,
        @Nullable String bulkId,
        String path,
        @Nullable String resources,
        @Nullable String id,
        @Nullable String version,
        JsonNode data,
        @Nullable ScimException fault) {

    static final String USERS = "/Users";

    private static final String REFERENCE = "bulkId:";
    private static final Pattern PATH = Pattern.compile("(/Users|/Groups)(?:/([^/?#]{1,200}))?");
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");

    static BulkOperation read(JsonNode sent) {
        var method = text(sent, "method").orElse("").toUpperCase(Locale.ROOT);
        var bulkId = text(sent, "bulkId").orElse(null);
        var path = text(sent, "path").orElse("");
        var version = text(sent, "version").orElse(null);
        var data = field(sent, "data").orElseGet(MissingNode::getInstance);
        var names = PATH.matcher(path);
        var resources = names.matches() ? names.group(1) : null;
        var id = names.matches() ? names.group(2) : null;
        var fault = fault(method, bulkId, resources, id, version, data)
                .map(why -> (ScimException) new BadRequestException(why, ScimType.RFC7644.INVALID_SYNTAX))
                .orElse(null);
        return new BulkOperation(method, bulkId, path, resources, id, version, data, fault);
    }

    private static Optional<String> fault(
            String method,
            @Nullable String bulkId,
            @Nullable String resources,
            @Nullable String id,
            @Nullable String version,
            JsonNode data) {
        if (!METHODS.contains(method)) {
            return Optional.of("the method of an operation is POST, PUT, PATCH or DELETE");
        }
        if (resources == null) {
            return Optional.of("the path of an operation is /Users or /Groups, and the id behind it");
        }
        var creates = method.equals("POST");
        if (creates != (id == null)) {
            return Optional.of(creates ? "an id in the path of a POST" : "no id in the path");
        }
        if (creates && (bulkId == null || bulkId.isBlank())) {
            return Optional.of("a POST has a bulkId");
        }
        if (creates && version != null) {
            return Optional.of("what is created has no version yet");
        }
        return data.isObject() || method.equals("DELETE") ? Optional.empty() : Optional.of("data is an object");
    }

    /** Attributes are named without regard to case. */
    static Optional<JsonNode> field(JsonNode object, String name) {
        for (var field : object.properties()) {
            if (field.getKey().equalsIgnoreCase(name) && !field.getValue().isNull()) {
                return Optional.of(field.getValue());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode object, String name) {
        return field(object, name).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    BulkOperation refused(ScimException why) {
        return new BulkOperation(method, bulkId, path, resources, id, version, data, why);
    }

    boolean creates() {
        return method.equals("POST") && fault == null;
    }

    HttpMethod verb() {
        return HttpMethod.valueOf(method);
    }

    /** The bulkId that the path names. */
    Optional<String> named() {
        return Optional.ofNullable(id).flatMap(BulkOperation::reference);
    }

    /** The bulkIds that the data name. */
    Set<String> namedInData() {
        var named = new LinkedHashSet<String>();
        collect(data, named);
        return named;
    }

    private static void collect(JsonNode node, Set<String> named) {
        reference(node).ifPresent(named::add);
        node.forEach(part -> collect(part, named));
    }

    /** @param ids what has been created, by bulkId */
    String path(Map<String, String> ids) {
        return named().map(bulkId -> resources + "/" + Objects.requireNonNull(ids.get(bulkId)))
                .orElse(path);
    }

    /** What is sent, with the ids in place of the bulkIds. */
    String content(Map<String, String> ids) {
        return data.isEmpty() ? "" : resolved(data, ids).toString();
    }

    private static JsonNode resolved(JsonNode node, Map<String, String> ids) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = object.objectNode();
                object.properties().forEach(part -> copy.set(part.getKey(), resolved(part.getValue(), ids)));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = array.arrayNode();
                array.forEach(part -> copy.add(resolved(part, ids)));
                yield copy;
            }
            default ->
                reference(node)
                        .map(bulkId -> (JsonNode) TextNode.valueOf(Objects.requireNonNull(ids.get(bulkId))))
                        .orElse(node);
        };
    }

    /** The same without each value that names one of these. */
    BulkOperation without(Set<String> unknown) {
        return new BulkOperation(method, bulkId, path, resources, id, version, left(data, unknown), fault);
    }

    private static JsonNode left(JsonNode node, Set<String> unknown) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = object.objectNode();
                object.properties()
                        .forEach(part -> left(part.getValue(), unknown, value -> copy.set(part.getKey(), value)));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = array.arrayNode();
                array.forEach(part -> left(part, unknown, copy::add));
                yield copy;
            }
            default -> node;
        };
    }

    /** What has nothing left is not left either. */
    private static void left(JsonNode part, Set<String> unknown, Consumer<JsonNode> copy) {
        var value = left(part, unknown);
        if (!names(part, unknown) && value.isEmpty() == part.isEmpty()) {
            copy.accept(value);
        }
    }

    /** Itself, or by one of its own attributes, as {@code {"value": "bulkId:…"}} does. */
    private static boolean names(JsonNode node, Set<String> unknown) {
        if (reference(node).filter(unknown::contains).isPresent()) {
            return true;
        }
        for (var part : node) {
            if (node.isObject() && reference(part).filter(unknown::contains).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> reference(JsonNode node) {
        return node.isTextual() ? reference(node.asText()) : Optional.empty();
    }

    private static Optional<String> reference(String text) {
        return text.startsWith(REFERENCE) ? Optional.of(text.substring(REFERENCE.length())) : Optional.empty();
    }
}
