package io.selfheal.shop.kit.database;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the service's schema before anyone gets the data source. Two instances may start at once on an empty database:
 * Flyway serialises the migrations, but not the creation of the schema, so the loser of that race tries again.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Migrations implements BeanCreatedEventListener<DataSource> {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final int ATTEMPTS = 5;

    private final DatabaseSettings settings;

    Migrations(DatabaseSettings settings) {
        this.settings = settings;
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        migrate(event.getBean());
        return event.getBean();
    }

    private void migrate(DataSource dataSource) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .defaultSchema(settings.schema())
                .locations("classpath:db/" + settings.schema())
                .load();
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("Migration attempt {} of {} failed, trying again: {}", attempt, ATTEMPTS, e.getMessage());
            }
        }
    }
}
