package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Sits between the service and its pool, and makes every statement wait while its connection is taken. */
@Singleton
@Order(SlowSqlFault.POSITION)
@Requires(bean = FaultsEnabled.class)
final class SlowSqlFault implements Fault, BeanCreatedEventListener<DataSource> {

    /** Before the wrapper that makes spans, so that the spans show the wait. */
    static final int POSITION = -200;

    private volatile Duration delay = Duration.ZERO;

    @Override
    public String name() {
        return "slow-sql";
    }

    @Override
    public String symptom() {
        return "every SQL statement takes longer, connections are held longer, requests pile up behind the pool";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.duration("delay", Duration.ofMillis(300), Duration.ofMinutes(1), "added to each statement"));
    }

    @Override
    public void start(Parameters parameters) {
        delay = parameters.duration("delay");
    }

    @Override
    public void stop() {
        delay = Duration.ZERO;
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        return SlowJdbc.wrap(event.getBean(), () -> delay);
    }
}
