package org.espace.sales;

import java.nio.file.Path;
import java.time.Clock;
import org.espace.customers.Customers;
import org.espace.partners.Partners;
import org.espace.web.Instance;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The rooms that a load needs, in a process of their own that says each step it takes. */
final class LoadingProcess {

    private LoadingProcess() {}

    public static void main(String[] arguments) {
        var database = new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]);
        var instance = new Instance(Path.of(arguments[3]), Path.of(arguments[4]));
        try (var rooms = new AnnotationConfigApplicationContext()) {
            rooms.registerBean(Instance.class, () -> instance);
            rooms.registerBean(Clock.class, Clock::systemUTC);
            rooms.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
            rooms.registerBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(database));
            rooms.registerBean(
                    DSLContext.class,
                    () -> DSL.using(new TransactionAwareDataSourceProxy(database), SQLDialect.POSTGRES));
            rooms.register(Partners.class, Customers.class, SalesStore.class, RateStore.class, Lake.class, Sales.class);
            rooms.refresh();
            rooms.getBean(Sales.class)
                    .load(
                            Path.of(arguments[5]),
                            new LoadOrder("espace"),
                            "test",
                            (step, done, total) -> System.out.println(step));
        }
    }
}
