package org.espace.access;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

    /** What decides whether a page opens at all comes before, without the wall: it asks of the partner in the path alone. */
    private static final int BEHIND_THE_GATE = 2;

    private final Guard guard;
    private final PartnerWall wall;

    AccessConfiguration(Guard guard, PartnerWall wall) {
        this.guard = guard;
        this.wall = wall;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(guard);
        registry.addInterceptor(wall).order(BEHIND_THE_GATE);
    }

    /** A command ends sessions, too, though it opens none: those that servers keep in the same table. */
    @Bean
    @ConditionalOnNotWebApplication
    static JdbcIndexedSessionRepository sessionsOfServers(
            JdbcOperations sql,
            TransactionOperations transaction,
            @Value("${spring.session.jdbc.table-name}") String table) {
        var sessions = new JdbcIndexedSessionRepository(sql, transaction);
        sessions.setTableName(table);
        return sessions;
    }

    /** Argon2id with 19 MiB and two passes, for what people choose. */
    @Bean
    static PasswordEncoder passwordEncoder() {
        return new PasswordHashes(new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2));
    }
}
