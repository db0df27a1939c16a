package io.selfheal.healer.server.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.selfheal.healer.watch.FleetView;
import io.selfheal.healer.watch.Snapshot;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** How many tasks each service wants and has, as the healer saw it last. A service that is gone loses its series. */
@Singleton
public final class FleetGauges {

    private final FleetView view;
    private final MultiGauge tasks;

    FleetGauges(FleetView view, MeterRegistry registry) {
        this.view = view;
        this.tasks = MultiGauge.builder("healer.fleet.tasks")
                .description("Tasks that each service wants and tasks that run, as seen last")
                .register(registry);
    }

    /** Takes over what was seen last. */
    public void refresh() {
        List<Row<?>> rows = view.all().stream().flatMap(FleetGauges::rows).toList();
        tasks.register(rows, true);
    }

    private static Stream<Row<?>> rows(Snapshot seen) {
        String service = seen.state().id().service();
        return Stream.of(
                Row.of(
                        Tags.of("service_name", service, "state", "desired"),
                        seen.state().desired()),
                Row.of(
                        Tags.of("service_name", service, "state", "running"),
                        seen.state().running()));
    }
}
