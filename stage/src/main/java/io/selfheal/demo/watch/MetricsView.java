package io.selfheal.demo.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether Prometheus sees what runs; where there is no Prometheus nothing is missing. */
public final class MetricsView {

    private final Optional<URI> prometheus;

    public MetricsView(Optional<URI> prometheus) {
        this.prometheus = prometheus;
    }

    /** Why Prometheus does not see that many tasks, if it does not. */
    public Optional<String> missing(int tasks) {
        return prometheus.flatMap(base -> {
            int seen = seen(base);
            return seen == tasks
                    ? Optional.empty()
                    : Optional.of("Prometheus scrapes " + seen + " of " + tasks + " tasks");
        });
    }

    private static int seen(URI base) {
        String query = URLEncoder.encode("sum(up{job=\"task\"})", StandardCharsets.UTF_8);
        return Json.get(base.resolve("/api/v1/query?query=" + query), "")
                .map(MetricsView::value)
                .orElse(0);
    }

    private static int value(JsonNode answer) {
        return answer.path("data").path("result").path(0).path("value").path(1).asInt();
    }
}
