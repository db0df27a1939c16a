package io.selfheal.shop.kit.database;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/**
 * Makes a span of every statement. Outside of the faults' wrapper, unlike the one of micronaut-tracing: migrations stay
 * out of the traces, and a statement that a fault slows down shows its full length.
 */
@Singleton
@Order(TracedDataSource.POSITION)
final class TracedDataSource implements BeanCreatedEventListener<DataSource> {

    /** Before 0, where Micronaut Data puts its own wrapper, which must stay the outermost. */
    static final int POSITION = -100;

    private final JdbcTelemetry telemetry;

    TracedDataSource(OpenTelemetry openTelemetry) {
        // One span per statement: spans for getConnection() double the trace and say little beyond the pool's metrics.
        this.telemetry = JdbcTelemetry.builder(openTelemetry)
                .setDataSourceInstrumenterEnabled(false)
                .build();
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        return telemetry.wrap(event.getBean());
    }
}
