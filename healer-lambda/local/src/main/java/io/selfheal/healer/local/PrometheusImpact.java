package io.selfheal.healer.local;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.report.Impact;
import io.selfheal.healer.report.ImpactReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What users felt, from the request counters that the services' tasks are scraped for: those of the alert rules. About right,
 * since Prometheus reckons between scrapes, and what a task counted after its last scrape is lost with it.
 */
public final class PrometheusImpact implements ImpactReader {
    /** What error budgets are usually reckoned over. */
    static final Duration PERIOD = Duration.ofDays(30);

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String NOT_USERS = "uri!~\"/(health|prometheus|faults).*\"";
    private static final String FAILED = ",status=~\"5..\"";

    private final PromQl prometheus;
    private final double objective;

    /**
     * Asks nothing yet.
     *
     * @param prometheus base URL
     * @param objective the share of requests that is meant to be answered well, between 0 and 1
     */
    public PrometheusImpact(URI prometheus, double objective, InstantSource clock) {
        this(new PromQl(prometheus, TIMEOUT, clock), objective);
    }

    PrometheusImpact(PromQl prometheus, double objective) {
        if (!(objective > 0 && objective < 1)) {
            throw new IllegalArgumentException("objective: expected more than 0 and less than 1, was " + objective);
        }
        this.prometheus = prometheus;
        this.objective = objective;
    }

    @Override
    public Fact<Impact> read(ServiceId service, Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return new Fact.Unknown<>("there is no time between " + from + " and " + to);
        }
        return switch (prometheus.query(requests(service, "", time), to)) {
            case Fact.Unknown<List<PromQl.Sample>>(String why) -> new Fact.Unknown<>(why);
            case Fact.Known<List<PromQl.Sample>>(List<PromQl.Sample> samples, Instant readAt) ->
                one(samples).isEmpty()
                        ? new Fact.Unknown<>("Prometheus has no requests of " + service + " from " + from + " to " + to)
                        : failed(service, from, to, one(samples).getAsDouble(), readAt);
        };
    }

    private Fact<Impact> failed(ServiceId service, Instant from, Instant to, double requests, Instant readAt) {
        return switch (prometheus.query(requests(service, FAILED, Duration.between(from, to)), to)) {
            case Fact.Unknown<List<PromQl.Sample>>(String why) -> new Fact.Unknown<>(why);
            case Fact.Known<List<PromQl.Sample>>(List<PromQl.Sample> samples, Instant _) -> {
                // There are requests, and none of them was ever answered 5xx: only then is nothing zero.
                double failed = one(samples).orElse(0);
                yield new Fact.Known<>(new Impact(from, to, requests, failed, budget(service, failed, to)), readAt);
            }
        };
    }

    private Optional<Impact.Budget> budget(ServiceId service, double failed, Instant to) {
        return switch (prometheus.query(requests(service, "", PERIOD), to)) {
            case Fact.Unknown<List<PromQl.Sample>> _ -> Optional.empty();
            case Fact.Known<List<PromQl.Sample>>(List<PromQl.Sample> samples, Instant _) ->
                one(samples).stream()
                        .filter(all -> all > 0)
                        .mapToObj(all -> new Impact.Budget(objective, PERIOD, all, failed / ((1 - objective) * all)))
                        .findFirst();
        };
    }

    private static OptionalDouble one(List<PromQl.Sample> samples) {
        return samples.stream()
                .mapToDouble(PromQl.Sample::value)
                .filter(value -> value >= 0 && Double.isFinite(value))
                .findFirst();
    }

    private static String requests(ServiceId service, String more, Duration time) {
        return "sum(increase(http_server_requests_seconds_count{job=\"task\",cluster="
                + PromQl.literal(service.cluster()) + ",service_name=" + PromQl.literal(service.service()) + ","
                + NOT_USERS + more + "}[" + time.toSeconds() + "s]))";
    }
}
