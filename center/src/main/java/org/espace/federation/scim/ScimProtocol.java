package org.espace.federation.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import de.captaingoldfish.scim.sdk.common.constants.ClassPathReferences;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.complex.BulkConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.ChangePasswordConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.ETagConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.SortConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.EndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.schemas.custom.ETagFeature;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of RFC 7643 and 7644 is offered, and by which library it is spoken. */
@Configuration(proxyBeanMethods = false)
class ScimProtocol {

    static final int MOST_RESULTS = 200;

    /**
     * Left out of the schema, so that nobody believes that they do something: passwords are not provisioned, and what
     * somebody may do follows from their groups.
     */
    private static final Set<String> NOT_OFFERED =
            Set.of("password", "roles", "entitlements", "x509Certificates", "photos");

    @Bean
    ResourceEndpoint scimEndpoint(ScimUsers users, ScimGroups groups) {
        var endpoint = new ResourceEndpoint(serviceProvider());
        endpoint.addDefaultPatchWorkarounds();
        for (var definition : List.of(usersDefinition(users), new GroupEndpointDefinition(groups))) {
            endpoint.registerEndpoint(definition)
                    .getFeatures()
                    .setETagFeature(ETagFeature.builder().enabled(true).build());
        }
        return endpoint;
    }

    private static ServiceProvider serviceProvider() {
        return ServiceProvider.builder()
                .patchConfig(PatchConfig.builder().supported(true).build())
                .bulkConfig(BulkConfig.builder()
                        .supported(true)
                        .maxOperations(BulkRequest.MOST_OPERATIONS)
                        .maxPayloadSize((long) BulkRequest.MOST_BYTES)
                        .build())
                .filterConfig(FilterConfig.builder()
                        .supported(true)
                        .maxResults(MOST_RESULTS)
                        .build())
                .changePasswordConfig(
                        ChangePasswordConfig.builder().supported(false).build())
                .sortConfig(SortConfig.builder().supported(true).build())
                .eTagConfig(ETagConfig.builder().supported(true).build())
                .authenticationSchemes(List.of(AuthenticationScheme.builder()
                        .name("Bearer token")
                        .description("A token that the organization's global administrator makes, RFC 6750")
                        .type("oauthbearertoken")
                        .specUri("https://www.rfc-editor.org/info/rfc6750")
                        .primary(true)
                        .build()))
                .caseInsensitiveValidation(true)
                .lenientContentTypeChecking(true)
                .build();
    }

    private static EndpointDefinition usersDefinition(ScimUsers users) {
        return new EndpointDefinition(
                JsonHelper.loadJsonDocument(ClassPathReferences.USER_RESOURCE_TYPE_JSON),
                offered(JsonHelper.loadJsonDocument(ClassPathReferences.USER_SCHEMA_JSON)),
                List.of(JsonHelper.loadJsonDocument(ClassPathReferences.ENTERPRISE_USER_SCHEMA_JSON)),
                users);
    }

    private static JsonNode offered(JsonNode schema) {
        var attributes = ((ArrayNode) schema.get("attributes")).elements();
        while (attributes.hasNext()) {
            if (NOT_OFFERED.contains(attributes.next().get("name").asText())) {
                attributes.remove();
            }
        }
        return schema;
    }
}
