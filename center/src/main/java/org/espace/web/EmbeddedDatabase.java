package org.espace.web;

import org.espace.postgres.EmbeddedPostgres;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The default database: a private server in the instance's home. Another one is used when spring.datasource.url is set. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Instance.class)
@ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "false")
class EmbeddedDatabase {

    @Bean(destroyMethod = "close")
    EmbeddedPostgres embeddedPostgres(Instance instance) {
        return EmbeddedPostgres.open(instance.home().resolve("postgres"));
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(EmbeddedPostgres server) {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return server.jdbcUrl("postgres");
            }

            @Override
            public String getUsername() {
                return server.user();
            }

            @Override
            public String getPassword() {
                return server.password();
            }
        };
    }
}
