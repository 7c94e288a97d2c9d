package org.espace.federation.scim;

import static java.util.stream.Collectors.toMap;

import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.Provisioning;
import org.espace.access.UserId;
import org.espace.federation.scim.ProvisionedStore.ProvisionedGroup;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An organization's groups. The directory says who is in them; what a group may do is decided on the users' pages. */
@Component
class ScimGroups extends ResourceHandler<Group> {

    private static final int LONGEST_NAME = 100;

    private final Provisioning provisioning;
    private final ProvisionedStore store;
    private final Clock clock;

    ScimGroups(Provisioning provisioning, ProvisionedStore store, Clock clock) {
        this.provisioning = provisioning;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Group createResource(Group group, Context context) {
        var asking = Asking.of(context);
        return Refused.worded(() -> {
            var made = provisioning.createGroup(asking.partner(), name(group), members(group), asking.by());
            keep(asking, made.id(), group);
            return document(asking.partner(), made.id()).orElseThrow();
        });
    }

    @Override
    @SuppressWarnings("NullAway") // the protocol answers null with 404
    public @Nullable Group getResource(
            String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excludedAttributes, Context context) {
        return groupId(id)
                .flatMap(group -> document(Asking.of(context).partner(), group))
                .orElse(null);
    }

    @Override
    public PartialListResponse<Group> listResources(
            long startIndex,
            int count,
            @Nullable FilterNode filter,
            @Nullable SchemaAttribute sortBy,
            @Nullable SortOrder sortOrder,
            List<SchemaAttribute> attributes,
            List<SchemaAttribute> excludedAttributes,
            Context context) {
        var partner = Asking.of(context).partner();
        return Listed.page(
                documents(partner, provisioning.groups(partner)),
                getServiceProvider(),
                startIndex,
                count,
                filter,
                sortBy,
                sortOrder);
    }

    @Override
    public Group updateResource(Group group, Context context) {
        var asking = Asking.of(context);
        var id = existing(asking, group.getId().orElseThrow());
        return Refused.worded(() -> {
            provisioning.changeGroup(asking.partner(), id, name(group), members(group), asking.by());
            keep(asking, id, group);
            return document(asking.partner(), id).orElseThrow();
        });
    }

    @Override
    public void deleteResource(String id, Context context) {
        var asking = Asking.of(context);
        var group = existing(asking, id);
        provisioning.removeGroup(asking.partner(), group, asking.by());
        store.forgetGroup(group);
    }

    private void keep(Asking asking, int id, Group group) {
        store.put(
                asking.partner(), new ProvisionedGroup(id, group.getExternalId().orElse(null), clock.instant()));
    }

    private static String name(Group group) {
        var name = group.getDisplayName().map(String::strip).orElse("");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw Refused.invalid("the displayName of a group has 1 to " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static Set<UserId> members(Group group) {
        var members = new LinkedHashSet<UserId>();
        for (var member : group.getMembers()) {
            if (member.getType().filter(type -> !type.equalsIgnoreCase("User")).isPresent()) {
                throw Refused.invalid("the members of a group are users");
            }
            var id = member.getValue().orElse("");
            members.add(ScimUsers.userId(id).orElseThrow(() -> Refused.invalid("no user " + id)));
        }
        return members;
    }

    private Optional<Group> document(PartnerId partner, int id) {
        return documents(partner, provisioning.group(partner, id).stream().toList()).stream()
                .findFirst();
    }

    private List<Group> documents(PartnerId partner, List<Provisioning.Group> groups) {
        var provisioned = store.groups(partner);
        var names = groups.isEmpty() ? Map.<UserId, String>of() : names(partner);
        return groups.stream()
                .map(group -> document(group, provisioned.get(group.id()), names))
                .toList();
    }

    private Map<UserId, String> names(PartnerId partner) {
        return provisioning.people(partner).stream()
                .collect(toMap(Provisioning.Person::id, Provisioning.Person::name, (one, other) -> one, HashMap::new));
    }

    private static Group document(
            Provisioning.Group group, @Nullable ProvisionedGroup provisioned, Map<UserId, String> names) {
        var document = new Group();
        document.setSchemas(List.of(SchemaUris.GROUP_URI));
        document.setId(Integer.toString(group.id()));
        document.setExternalId(provisioned == null ? null : provisioned.externalId());
        document.setDisplayName(group.name());
        document.setMembers(group.members().stream()
                .filter(names::containsKey)
                .sorted(Comparator.comparingInt(UserId::value))
                .map(member -> Member.builder()
                        .value(member.toString())
                        .display(names.get(member))
                        .type("User")
                        .build())
                .toList());
        UserDocument.stamp(document, group.since(), provisioned == null ? group.since() : provisioned.changed());
        return document;
    }

    private int existing(Asking asking, String id) {
        return groupId(id)
                .filter(group -> provisioning.group(asking.partner(), group).isPresent())
                .orElseThrow(() -> new ResourceNotFoundException("no group " + id));
    }

    private static Optional<Integer> groupId(String id) {
        return id.matches("[1-9]\\d{0,8}") ? Optional.of(Integer.valueOf(id)) : Optional.empty();
    }
}
