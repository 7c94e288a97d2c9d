package org.espace.federation.scim;

import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.filter.resources.FilterResourceResolver;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import de.captaingoldfish.scim.sdk.server.sort.ResourceNodeComparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a list answers, once it is known what there is. */
final class Listed {

    private Listed() {}

    static <T extends ResourceNode> PartialListResponse<T> page(
            List<T> all,
            ServiceProvider service,
            long startIndex,
            int count,
            @Nullable FilterNode filter,
            @Nullable SchemaAttribute sortBy,
            @Nullable SortOrder order) {
        var matching = filter == null ? all : FilterResourceResolver.filterResources(service, all, filter);
        var sorted = sortBy == null
                ? matching
                : matching.stream()
                        .sorted(new ResourceNodeComparator(sortBy, order == null ? SortOrder.ASCENDING : order))
                        .toList();
        return PartialListResponse.<T>builder()
                .totalResults(sorted.size())
                .resources(sorted.stream().skip(startIndex - 1).limit(count).toList())
                .build();
    }

    /** The value that a filter such as {@code userName eq "…"} asks for, which needs no look at all the others. */
    static Optional<String> asked(@Nullable FilterNode filter, String attribute) {
        return filter instanceof AttributeExpressionLeaf leaf
                        && leaf.getComparator() == Comparator.EQ
                        && leaf.isMainSchemaNode()
                        && leaf.getParentAttributeName() == null
                        && leaf.getAttributeName().equalsIgnoreCase(attribute)
                ? leaf.getStringValue()
                : Optional.empty();
    }
}
