package org.espace.web;

import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.jdbc.config.annotation.SpringSessionDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Everybody's connections go through the wall; only sessions, which are saved while a page is being sent, go around it. */
@Configuration(proxyBeanMethods = false)
class WallConfiguration {

    private static final String AROUND = "aroundTheWall";

    @Bean
    static BeanPostProcessor wall() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource database && !name.equals(AROUND)
                        ? new WalledDataSource(database)
                        : bean;
            }
        };
    }

    @Bean(name = AROUND, defaultCandidate = false, destroyMethod = "")
    @SpringSessionDataSource
    DataSource aroundTheWall(DataSource walled) {
        return Objects.requireNonNull(((WalledDataSource) walled).getTargetDataSource());
    }

    @Bean(defaultCandidate = false)
    TransactionOperations springSessionTransactionOperations(@SpringSessionDataSource DataSource database) {
        var transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return transactions;
    }
}
