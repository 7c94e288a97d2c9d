package org.espace.earnings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.espace.web.Instance;
import org.espace.web.OneMoment;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The rooms that a refresh needs, in a process of their own that begins when it is told to, and says each step it takes. */
final class RefreshingProcess {

    private RefreshingProcess() {}

    @EnableTransactionManagement
    static class Transactions {}

    public static void main(String[] arguments) throws IOException {
        var database = new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]);
        var transactions = new DataSourceTransactionManager(database);
        var instance = new Instance(Path.of(arguments[3]), Path.of(arguments[4]));
        try (var rooms = new AnnotationConfigApplicationContext()) {
            rooms.registerBean(Instance.class, () -> instance);
            rooms.registerBean(Clock.class, Clock::systemUTC);
            rooms.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
            rooms.registerBean(DataSource.class, () -> database);
            rooms.registerBean(PlatformTransactionManager.class, () -> transactions);
            rooms.registerBean(TransactionTemplate.class, () -> new TransactionTemplate(transactions));
            rooms.registerBean(
                    DSLContext.class,
                    () -> DSL.using(new TransactionAwareDataSourceProxy(database), SQLDialect.POSTGRES));
            rooms.register(Transactions.class, OneMoment.class);
            rooms.scan(
                    "org.espace.agreements",
                    "org.espace.certifications",
                    "org.espace.customers",
                    "org.espace.documents",
                    "org.espace.earnings",
                    "org.espace.eligibility",
                    "org.espace.enrollment",
                    "org.espace.ledger",
                    "org.espace.notices",
                    "org.espace.partners",
                    "org.espace.programs",
                    "org.espace.sales");
            // Of all that, only what a refresh asks for is made.
            rooms.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
            rooms.refresh();
            if (System.in.read() < 0) {
                return;
            }
            rooms.getBean(Earnings.class).refresh("test", (step, done, total) -> System.out.println(step));
        }
    }
}
