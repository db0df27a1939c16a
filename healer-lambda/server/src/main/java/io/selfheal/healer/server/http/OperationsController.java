package io.selfheal.healer.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What whoever runs the healer asks it: is it well, and what does it measure. Three small routes instead of the framework's
 * management module, which costs a tenth of the memory that the healer may take.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class OperationsController {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
    private static final Query ONE = new Query(Optional.empty(), Optional.of(false), 1);

    private final IncidentArchive archive;
    private final PrometheusMeterRegistry registry;

    OperationsController(IncidentArchive archive, PrometheusMeterRegistry registry) {
        this.archive = archive;
        this.registry = registry;
    }

    /**
     * Tells whether the healer can do its work: 200 and UP, or 503 and DOWN while its store is away.
     *
     * @return the status, and what is wrong
     */
    @Get("/health")
    HttpResponse<Health> health() {
        return readiness();
    }

    /**
     * Tells the same as /health, under the name that orchestrators ask.
     *
     * @return the status, and what is wrong
     */
    @Get("/health/readiness")
    HttpResponse<Health> readiness() {
        try {
            archive.list(ONE);
            return HttpResponse.ok(new Health("UP", null));
        } catch (StoreUnavailableException e) {
            return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE).body(new Health("DOWN", "the store is away"));
        }
    }

    /**
     * Tells whether the process is alive; another start would not bring back a store that is away.
     *
     * @return UP
     */
    @Get("/health/liveness")
    Health liveness() {
        return new Health("UP", null);
    }

    /**
     * Shows the metrics in the text format of Prometheus, or as OpenMetrics to who accepts that.
     *
     * @param accept the format asked for
     * @return the metrics
     */
    @Get("/prometheus")
    @Produces(MediaType.ALL)
    HttpResponse<String> prometheus(@Nullable @Header("Accept") String accept) {
        boolean openMetrics = accept != null && accept.contains("application/openmetrics-text");
        String format = openMetrics ? OPEN_METRICS : PLAIN;
        return HttpResponse.ok(registry.scrape(format)).header("Content-Type", format);
    }

    /**
     * How the healer is.
     *
     * @param status UP or DOWN
     * @param reason what is wrong, when something is
     */
    @Serdeable
    record Health(String status, @Nullable String reason) {}
}
