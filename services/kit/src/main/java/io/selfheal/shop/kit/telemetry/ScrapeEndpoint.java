package io.selfheal.shop.kit.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.configuration.metrics.micrometer.prometheus.management.PrometheusEndpoint;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Header;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.annotation.Read;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /prometheus}, in the format that the scraper asks for: only OpenMetrics carries exemplars. */
@Endpoint(id = "prometheus", defaultSensitive = false)
@Replaces(PrometheusEndpoint.class)
final class ScrapeEndpoint {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final List<ScrapeGate> gates;

    ScrapeEndpoint(PrometheusMeterRegistry registry, List<ScrapeGate> gates) {
        this.registry = registry;
        this.gates = gates;
    }

    @Read(produces = MediaType.ALL)
    HttpResponse<String> scrape(@Header(HttpHeaders.ACCEPT) @Nullable String accept) {
        for (ScrapeGate gate : gates) {
            if (gate.refuse()) {
                return HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body("scrape refused")
                        .contentType(MediaType.TEXT_PLAIN_TYPE);
            }
        }
        String format = accept != null && accept.contains("openmetrics-text") ? OPEN_METRICS : TEXT;
        return HttpResponse.ok(registry.scrape(format)).contentType(MediaType.of(format));
    }
}
