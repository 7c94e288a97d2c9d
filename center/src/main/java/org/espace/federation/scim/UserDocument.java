package org.espace.federation.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.captaingoldfish.scim.sdk.common.constants.AttributeNames;
import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.GroupNode;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.MultiComplexNode;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.espace.access.EmailAddress;
import org.espace.access.Provisioning.Group;
import org.espace.access.Provisioning.Person;
import org.espace.federation.Credential;
import org.jspecify.annotations.Nullable;

/** A user as SCIM writes it: what the directory sent, under what we know ourselves. */
final class UserDocument {

    private static final int LONGEST_NAME = 200;
    private static final List<String> KEPT_ELSEWHERE = List.of(
            AttributeNames.RFC7643.ID,
            AttributeNames.RFC7643.EXTERNAL_ID,
            AttributeNames.RFC7643.USER_NAME,
            AttributeNames.RFC7643.META,
            AttributeNames.RFC7643.ACTIVE,
            AttributeNames.RFC7643.GROUPS);

    private UserDocument() {}

    static User written(Person person, @Nullable Provisioned provisioned, List<Group> groups) {
        var user = provisioned == null ? new User() : JsonHelper.readJsonDocument(provisioned.attributes(), User.class);
        if (provisioned == null) {
            user.setSchemas(List.of(SchemaUris.USER_URI));
        }
        user.setId(person.id().toString());
        user.setExternalId(provisioned == null ? null : provisioned.externalId());
        user.setUserName(userName(person, provisioned));
        user.setActive(person.active());
        user.setEmails(emails(user.getEmails(), person.email()));
        if (!name(user, person.email()).equals(person.name())) {
            user.setName(Name.builder().formatted(person.name()).build());
            user.setDisplayName(person.name());
        }
        if (person.language() != null && !person.language().equals(language(user))) {
            user.setPreferredLanguage(person.language());
        }
        user.setGroups(groups.stream()
                .map(group -> GroupNode.builder()
                        .value(Integer.toString(group.id()))
                        .display(group.name())
                        .type("direct")
                        .build())
                .toList());
        stamp(user, person.since(), provisioned == null ? person.since() : provisioned.changed());
        return user;
    }

    /** The version is that of the content: whatever changes it, here or through SCIM, makes another one. */
    static void stamp(ResourceNode resource, Instant created, Instant changed) {
        resource.remove(AttributeNames.RFC7643.META);
        var version = new Credential(resource.toString()).hash().substring(0, 32);
        resource.setMeta(Meta.builder()
                .created(created)
                .lastModified(changed)
                .version(ETag.builder().weak(true).tag(version).build())
                .build());
    }

    static String userName(Person person, @Nullable Provisioned provisioned) {
        return provisioned == null ? person.email() : provisioned.userName();
    }

    /** What is left to keep once the rest is kept elsewhere. */
    static String attributes(User user) {
        var rest = JsonHelper.readJsonDocument(user.toString(), User.class);
        ((ObjectNode) rest).remove(KEPT_ELSEWHERE);
        return rest.toString();
    }

    /**
     * The address that we write to: the primary one, or the first, or the user name where no address is given. One that
     * only repeated the user name follows it when a patch changes that.
     */
    static EmailAddress address(User user, @Nullable String formerUserName, boolean patched) {
        var userName = user.getUserName().orElseThrow();
        var first = primary(user.getEmails()).flatMap(MultiComplexNode::getValue);
        if (patched
                && formerUserName != null
                && first.filter(formerUserName::equalsIgnoreCase).isPresent()) {
            user.setEmails(emails(user.getEmails(), userName));
            first = Optional.of(userName);
        }
        return new EmailAddress(first.orElse(userName));
    }

    static String name(User user, String email) {
        var name = user.getName();
        var given = name.flatMap(Name::getGivenName).filter(text -> !text.isBlank());
        var family = name.flatMap(Name::getFamilyName).filter(text -> !text.isBlank());
        var whole = given.isPresent() && family.isPresent()
                ? Optional.of(given.get() + " " + family.get())
                : user.getDisplayName()
                        .or(() -> name.flatMap(Name::getFormatted))
                        .or(() -> given)
                        .or(() -> family);
        var text = whole.map(String::strip)
                .filter(one -> !one.isEmpty())
                .orElseGet(() -> email.substring(0, email.indexOf('@')));
        if (text.length() > LONGEST_NAME) {
            throw Refused.invalid("a name has at most " + LONGEST_NAME + " characters");
        }
        return text;
    }

    /** One of ours, if they prefer one. */
    static @Nullable String language(User user) {
        return user.getPreferredLanguage()
                .map(text -> Locale.forLanguageTag(text.replace('_', '-')).getLanguage())
                .filter(List.of("en", "fr")::contains)
                .orElse(null);
    }

    private static List<Email> emails(List<Email> given, String address) {
        if (given.stream()
                .anyMatch(email ->
                        email.getValue().filter(address::equalsIgnoreCase).isPresent())) {
            return given;
        }
        var ours = primary(given)
                .orElseGet(() -> Email.builder().type("work").primary(true).build());
        var emails = new ArrayList<>(
                given.stream().filter(email -> !Objects.equals(email, ours)).toList());
        ours.setValue(address);
        emails.addFirst(ours);
        return emails;
    }

    private static Optional<Email> primary(List<Email> emails) {
        return emails.stream()
                .filter(MultiComplexNode::isPrimary)
                .findFirst()
                .or(() -> emails.stream().findFirst());
    }
}
