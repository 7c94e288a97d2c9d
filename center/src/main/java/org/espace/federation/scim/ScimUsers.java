package org.espace.federation.scim;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import de.captaingoldfish.scim.sdk.common.constants.AttributeNames;
import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.exceptions.ConflictException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.access.EmailAddress;
import org.espace.access.Provisioning;
import org.espace.access.Provisioning.Group;
import org.espace.access.Provisioning.Person;
import org.espace.access.UserId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An organization's users, as its directory reads and writes them. */
@Component
class ScimUsers extends ResourceHandler<User> {

    private static final int LONGEST_USER_NAME = 254;

    private final Provisioning provisioning;
    private final ProvisionedStore store;
    private final Clock clock;

    ScimUsers(Provisioning provisioning, ProvisionedStore store, Clock clock) {
        this.provisioning = provisioning;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public User createResource(User user, Context context) {
        var asking = Asking.of(context);
        return Refused.worded(() -> {
            var address = UserDocument.address(user, null, false);
            refuseTaken(asking.partner(), userName(user), null);
            var person = provisioning.create(
                    asking.partner(),
                    address,
                    UserDocument.name(user, address.value()),
                    UserDocument.language(user),
                    asking.by());
            keep(asking, person.id(), user);
            setActive(asking, person, user);
            return document(asking.partner(), person.id()).orElseThrow();
        });
    }

    @Override
    @SuppressWarnings("NullAway") // the protocol answers null with 404
    public @Nullable User getResource(
            String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excludedAttributes, Context context) {
        return userId(id)
                .flatMap(user -> document(Asking.of(context).partner(), user))
                .orElse(null);
    }

    @Override
    public PartialListResponse<User> listResources(
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
                candidates(partner, filter), getServiceProvider(), startIndex, count, filter, sortBy, sortOrder);
    }

    @Override
    public User updateResource(User user, Context context) {
        var asking = Asking.of(context);
        var person = person(asking, user.getId().orElseThrow());
        return Refused.worded(() -> {
            var former = store.user(asking.partner(), person.id()).orElse(null);
            var address = UserDocument.address(user, UserDocument.userName(person, former), asking.patches());
            refuseTaken(asking.partner(), userName(user), person.id());
            provisioning.change(
                    asking.partner(),
                    person.id(),
                    address,
                    UserDocument.name(user, address.value()),
                    Optional.ofNullable(UserDocument.language(user)).orElse(person.language()),
                    asking.by());
            keep(asking, person.id(), user);
            setActive(asking, person, user);
            return document(asking.partner(), person.id()).orElseThrow();
        });
    }

    @Override
    public void deleteResource(String id, Context context) {
        var asking = Asking.of(context);
        var person = person(asking, id);
        Refused.worded(() -> {
            provisioning.remove(asking.partner(), person.id(), asking.by());
            store.forget(person.id());
            return person;
        });
    }

    private void keep(Asking asking, UserId id, User user) {
        store.put(
                asking.partner(),
                new Provisioned(
                        id.value(),
                        userName(user),
                        user.getExternalId().orElse(null),
                        UserDocument.attributes(user),
                        clock.instant()));
    }

    private void setActive(Asking asking, Person person, User user) {
        if (user.isActive().orElse(true)) {
            provisioning.reactivate(asking.partner(), person.id(), asking.by());
        } else {
            provisioning.deactivate(asking.partner(), person.id(), asking.by());
        }
    }

    /** A user name is an organization's own; an address is one person's everywhere. */
    private void refuseTaken(PartnerId partner, String userName, @Nullable UserId except) {
        var holder = named(partner, userName).map(Person::id);
        if (holder.isPresent() && !holder.get().equals(except)) {
            throw new ConflictException("this userName is another user's", ScimType.RFC7644.UNIQUENESS);
        }
    }

    private static String userName(User user) {
        var name = user.getUserName().orElseThrow().strip();
        if (name.isEmpty() || name.length() > LONGEST_USER_NAME) {
            throw Refused.invalid("a userName has 1 to " + LONGEST_USER_NAME + " characters");
        }
        return name;
    }

    /** All, or the few that a filter for one value can mean: such filters are what directories send all day long. */
    private List<User> candidates(PartnerId partner, @Nullable FilterNode filter) {
        var userName = Listed.asked(filter, AttributeNames.RFC7643.USER_NAME);
        if (userName.isPresent()) {
            return documents(partner, named(partner, userName.get()).stream());
        }
        var externalId = Listed.asked(filter, AttributeNames.RFC7643.EXTERNAL_ID);
        if (externalId.isPresent()) {
            return documents(
                    partner,
                    store.withExternalId(partner, externalId.get()).stream()
                            .flatMap(one -> provisioning.find(partner, new UserId(one.user())).stream()));
        }
        return all(partner);
    }

    private Optional<Person> named(PartnerId partner, String userName) {
        return store.named(partner, userName)
                .flatMap(one -> provisioning.find(partner, new UserId(one.user())))
                .or(() -> EmailAddress.find(userName)
                        .flatMap(email -> provisioning.find(partner, email))
                        .filter(person -> store.user(partner, person.id()).isEmpty()));
    }

    private Optional<User> document(PartnerId partner, UserId id) {
        return documents(partner, provisioning.find(partner, id).stream()).stream()
                .findFirst();
    }

    private List<User> documents(PartnerId partner, Stream<Person> people) {
        return people.map(person -> UserDocument.written(
                        person,
                        store.user(partner, person.id()).orElse(null),
                        provisioning.groups(partner).stream()
                                .filter(group -> group.members().contains(person.id()))
                                .toList()))
                .toList();
    }

    private List<User> all(PartnerId partner) {
        var provisioned = store.users(partner);
        var groups = byMember(provisioning.groups(partner));
        return provisioning.people(partner).stream()
                .map(person -> UserDocument.written(
                        person, provisioned.get(person.id().value()), groups.getOrDefault(person.id(), List.of())))
                .toList();
    }

    private static Map<UserId, List<Group>> byMember(List<Group> groups) {
        return groups.stream()
                .flatMap(group -> group.members().stream().map(member -> Map.entry(member, group)))
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private Person person(Asking asking, String id) {
        return userId(id)
                .flatMap(user -> provisioning.find(asking.partner(), user))
                .orElseThrow(() -> new ResourceNotFoundException("no user " + id));
    }

    static Optional<UserId> userId(String id) {
        return id.matches("[1-9]\\d{0,8}") ? Optional.of(UserId.of(id)) : Optional.empty();
    }
}
