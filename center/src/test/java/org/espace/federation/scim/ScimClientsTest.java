package org.espace.federation.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.common.constants.EndpointPaths;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.BulkResponseOperation;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.espace.RoomTest;
import org.espace.partners.PartnerId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Two clients that other people wrote find in us the server that they expect, over a real connection. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ContextConfiguration(initializers = RoomTest.Home.class)
class ScimClientsTest {

    @Autowired
    ScimTokens tokens;

    /** Chosen before the start, since each document names its own address, and clients hold us to it. */
    private static final int PORT = freePort();

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
    }

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final PartnerId contoso = new PartnerId(ThreadLocalRandom.current().nextInt(1_000_000, 900_000_000));
    private String token = "";

    @BeforeEach
    void theAdministratorMakesAToken() {
        token = tokens.issue(contoso, "admin@contoso.example").value();
    }

    @Test
    void theScimSdkCreatesFindsPatchesAndRemoves() {
        var config = ScimClientConfig.builder()
                .httpHeaders(Map.of("Authorization", "Bearer " + token))
                .build();
        try (var client = new ScimRequestBuilder(base(), config)) {
            var created = client.create(User.class, EndpointPaths.USERS)
                    .setResource(User.builder().userName(address("ada")).build())
                    .sendRequest();
            assertThat(created.isSuccess()).as(created.getResponseBody()).isTrue();
            var id = created.getResource().getId().orElseThrow();

            var found = client.list(User.class, EndpointPaths.USERS)
                    .filter("userName", Comparator.EQ, address("ada"))
                    .build()
                    .get()
                    .sendRequest();
            assertThat(found.getResource().getTotalResults()).isEqualTo(1);

            var group = client.create(Group.class, EndpointPaths.GROUPS)
                    .setResource(Group.builder().displayName("Sales " + unique).build())
                    .sendRequest();
            var joined = client.patch(
                            Group.class,
                            EndpointPaths.GROUPS,
                            group.getResource().getId().orElseThrow())
                    .addOperation()
                    .op(PatchOp.ADD)
                    .path("members")
                    .valueNode(Member.builder().value(id).type("User").build())
                    .build()
                    .sendRequest();
            assertThat(joined.getResource().getMembers()).hasSize(1);

            var patched = client.patch(User.class, EndpointPaths.USERS, id)
                    .addOperation()
                    .op(PatchOp.REPLACE)
                    .path("active")
                    .value("false")
                    .build()
                    .sendRequest();
            assertThat(patched.getResource().isActive()).contains(false);
            assertThat(client.delete(User.class, EndpointPaths.USERS, id)
                            .sendRequest()
                            .isSuccess())
                    .isTrue();
            assertThat(client.get(User.class, EndpointPaths.USERS, id)
                            .sendRequest()
                            .getHttpStatus())
                    .isEqualTo(404);
        }
    }

    @Test
    void theScimSdkDoesManyThingsInOneRequest() {
        var config = ScimClientConfig.builder()
                .httpHeaders(Map.of("Authorization", "Bearer " + token))
                .build();
        try (var client = new ScimRequestBuilder(base(), config)) {
            var group = Group.builder()
                    .displayName("Sales " + unique)
                    .members(List.of(
                            Member.builder().value("bulkId:ada").type("User").build()))
                    .build();
            var answer = client.bulk()
                    .bulkRequestOperation(EndpointPaths.GROUPS)
                    .bulkId("sales")
                    .method(HttpMethod.POST)
                    .data(group)
                    .next()
                    .bulkRequestOperation(EndpointPaths.USERS)
                    .bulkId("ada")
                    .method(HttpMethod.POST)
                    .data(User.builder().userName(address("ada")).build())
                    .next()
                    .bulkRequestOperation(EndpointPaths.USERS, "999999999")
                    .method(HttpMethod.DELETE)
                    .sendRequest();
            assertThat(answer.isSuccess()).as(answer.getResponseBody()).isTrue();

            var results = answer.getResource();
            assertThat(results.getSuccessfulOperations(HttpMethod.POST)).hasSize(2);
            assertThat(results.getFailedOperations())
                    .extracting(BulkResponseOperation::getStatus)
                    .containsExactly(404);
            var made = results.getByBulkId("sales").orElseThrow();
            var sales = client.get(
                            Group.class,
                            EndpointPaths.GROUPS,
                            made.getLocation().orElseThrow().replaceFirst(".*/", ""))
                    .sendRequest()
                    .getResource();
            assertThat(sales.getMembers()).hasSize(1);
            assertThat(sales.getMeta().orElseThrow().getVersion()).isEqualTo(made.getVersion());
        }
    }

    @Test
    void theClientOfUnboundIdCreatesFindsReplacesAndRemoves() throws Exception {
        try (var http = ClientBuilder.newClient()) {
            var scim = new ScimService(http.register((ClientRequestFilter)
                            request -> request.getHeaders().putSingle("Authorization", "Bearer " + token))
                    .target(base()));
            assertThat(scim.getServiceProviderConfig().getPatch().isSupported()).isTrue();
            assertThat(scim.getServiceProviderConfig().getBulk().getMaxOperations())
                    .isEqualTo(1000);
            assertThat(scim.getResourceTypes().getTotalResults()).isGreaterThanOrEqualTo(2);
            assertThat(scim.getSchemas().getTotalResults()).isGreaterThanOrEqualTo(3);

            var grace = new UserResource();
            grace.setUserName(address("grace"));
            grace.setName(new Name().setGivenName("Grace").setFamilyName("Hopper"));
            grace.setEmails(
                    new Email().setValue(address("grace")).setPrimary(true).setType("work"));
            var created = scim.create("Users", grace);
            assertThatExceptionOfType(ResourceConflictException.class).isThrownBy(() -> scim.create("Users", grace));

            var found = scim.searchRequest("Users")
                    .filter(Filter.eq("userName", address("GRACE").toUpperCase(Locale.ROOT)))
                    .page(1, 10)
                    .invoke(UserResource.class);
            assertThat(found.getResources()).extracting(UserResource::getId).containsExactly(created.getId());

            var stored = scim.retrieve("Users", Objects.requireNonNull(created.getId()), UserResource.class);
            Objects.requireNonNull(stored.getName()).setFamilyName("Murray");
            assertThat(Objects.requireNonNull(scim.replace(stored).getName()).getFamilyName())
                    .isEqualTo("Murray");

            var group = new GroupResource();
            group.setDisplayName("Engines " + unique);
            group.setMembers(List.of(new com.unboundid.scim2.common.types.Member().setValue(created.getId())));
            assertThat(scim.create("Groups", group).getMembers()).hasSize(1);

            assertThat(scim.replace(scim.retrieve("Users", created.getId(), UserResource.class)
                                    .setActive(false))
                            .getActive())
                    .isFalse();
            scim.delete("Users", created.getId());
            assertThatExceptionOfType(ResourceNotFoundException.class)
                    .isThrownBy(() -> scim.retrieve("Users", created.getId(), UserResource.class));
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String base() {
        return "http://localhost:" + PORT + "/scim/v2";
    }

    private String address(String name) {
        return name + "." + unique + "@contoso.example";
    }
}
