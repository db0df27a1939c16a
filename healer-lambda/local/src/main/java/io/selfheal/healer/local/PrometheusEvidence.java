package io.selfheal.healer.local;

import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the metrics of the services tell: how each task served, how calls between services went, how many of them were
 * repeats, and examples of requests that failed. It asks for the same series as the alert rules, all at once.
 */
public final class PrometheusEvidence implements EvidenceSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    // A sample is about 300 bytes, an exemplar about 200: this is more than 10,000 of them.
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final String NOT_USERS = "uri!~\"/(health|prometheus|faults|modes).*\"";
    private static final String REQUESTS = "http_server_requests_seconds_count";

    private final PromQl prometheus;
    private final PrometheusTraces traces;
    private final Duration window;
    private final InstantSource clock;
    private final Executor threads = task -> Thread.ofVirtual().name("evidence").start(task);

    /**
     * Asks nothing yet.
     *
     * @param window what "lately" is: at least four scrapes, so that one that is late does not matter
     */
    public PrometheusEvidence(URI prometheus, Duration window, InstantSource clock) {
        if (window.toSeconds() < 1) {
            throw new IllegalArgumentException("window: expected a second or more, was " + window);
        }
        PromApi api = new PromApi("Prometheus", prometheus, TIMEOUT, MAX_BYTES, clock);
        this.prometheus = new PromQl(api, TIMEOUT);
        this.traces = new PrometheusTraces(api, NOT_USERS, threads);
        this.window = window;
        this.clock = clock;
    }

    private record Asked(CompletableFuture<Fact<List<PromQl.Sample>>> answer) {
        Fact<List<PromQl.Sample>> get() {
            return answer.join();
        }
    }

    @Override
    public Evidence gather(ServiceId service) {
        Instant at = clock.instant();
        Function<String, Asked> ask =
                expression -> new Asked(CompletableFuture.supplyAsync(() -> prometheus.query(expression, at), threads));
        String own =
                "cluster=" + PromQl.literal(service.cluster()) + ",service_name=" + PromQl.literal(service.service());
        String toIt =
                "cluster=" + PromQl.literal(service.cluster()) + ",dependency=" + PromQl.literal(service.service());
        Asked requests = ask.apply(perTask(REQUESTS, own + "," + NOT_USERS));
        Asked errors = ask.apply(perTask(REQUESTS, own + "," + NOT_USERS + ",status=~\"5..\",uri!=\"SHED\""));
        Asked quick = ask.apply(perTask("http_server_requests_seconds_bucket", own + "," + NOT_USERS + ",le=\"0.25\""));
        Asked notAnswered = ask.apply(perTask("dependency_calls_seconds_count", own + ",outcome!=\"answered\""));
        Asked calls = ask.apply(rate("dependency", "dependency_calls_seconds_count", own));
        Asked failed = ask.apply(rate("dependency", "dependency_calls_seconds_count", own + ",outcome!=\"answered\""));
        Asked callsToIt =
                ask.apply(rate("dependency", "dependency_calls_seconds_count", toIt + ",outcome!=\"not-tried\""));
        Asked retriesToIt = ask.apply(rate("dependency", "dependency_retries_total", toIt));
        Supplier<Fact<Map<TaskId, Trace>>> worst = traces.ask(service, at);
        Evidence none = Evidence.untold();
        return new Evidence(
                vitals(requests.get(), errors.get(), quick.get(), notAnswered.get()),
                both(calls.get(), failed.get(), PrometheusEvidence::calls),
                retryShare(callsToIt.get(), retriesToIt.get()),
                none.releases(),
                none.stops(),
                none.logs(),
                worst.get());
    }

    private String perTask(String series, String selector) {
        return rate("task_arn", series, selector);
    }

    private String rate(String by, String series, String selector) {
        return "sum by (" + by + ") (rate(" + series + "{job=\"task\"," + selector + "}[" + window.toSeconds() + "s]))";
    }

    private static Map<String, Double> byLabel(List<PromQl.Sample> samples, String label) {
        Map<String, Double> values = new HashMap<>();
        samples.forEach(sample -> values.put(sample.labels().getOrDefault(label, ""), sample.value()));
        return values;
    }

    /** A failed call explains one error of its caller, as in the rule ErrorBurst. */
    private static Fact<Map<TaskId, Vitals>> vitals(
            Fact<List<PromQl.Sample>> requests,
            Fact<List<PromQl.Sample>> errors,
            Fact<List<PromQl.Sample>> quick,
            Fact<List<PromQl.Sample>> notAnswered) {
        Fact<Map<String, Double>> own = both(errors, notAnswered, (all, calls) -> {
            Map<String, Double> failedCalls = byLabel(calls, "task_arn");
            Map<String, Double> rates = byLabel(all, "task_arn");
            rates.replaceAll((task, rate) -> Math.max(0, rate - failedCalls.getOrDefault(task, 0.0)));
            return rates;
        });
        return both(own, quick, Map::entry)
                        instanceof Fact.Known<Map.Entry<Map<String, Double>, List<PromQl.Sample>>>(var rates, Instant _)
                ? requests.map(all -> vitals(all, rates.getKey(), byLabel(rates.getValue(), "task_arn")))
                : new Fact.Unknown<>("Prometheus does not tell errors and times of the tasks");
    }

    private static Map<TaskId, Vitals> vitals(
            List<PromQl.Sample> requests, Map<String, Double> ownErrors, Map<String, Double> quick) {
        Map<TaskId, Vitals> vitals = new HashMap<>();
        byLabel(requests, "task_arn").forEach((task, rate) -> {
            Double inTime = quick.get(task);
            // Without counted times all of it would pass for slow.
            if (rate > 0 && !task.isBlank() && inTime != null) {
                vitals.put(
                        new TaskId(task),
                        new Vitals(rate, share(ownErrors.getOrDefault(task, 0.0), rate), share(rate - inTime, rate)));
            }
        });
        return vitals;
    }

    private static Map<String, Calls> calls(List<PromQl.Sample> all, List<PromQl.Sample> failed) {
        Map<String, Double> failures = byLabel(failed, "dependency");
        Map<String, Calls> calls = new HashMap<>();
        byLabel(all, "dependency").forEach((callee, rate) -> {
            if (rate > 0) {
                calls.put(callee, new Calls(rate, share(failures.getOrDefault(callee, 0.0), rate)));
            }
        });
        return calls;
    }

    /** Of the attempts that reached it, the retries; nobody calls it is not known to be none. */
    private static Fact<Double> retryShare(Fact<List<PromQl.Sample>> calls, Fact<List<PromQl.Sample>> retries) {
        return switch (both(calls, retries, PrometheusEvidence::shares)) {
            case Fact.Unknown<List<Double>> unknown -> new Fact.Unknown<>(unknown.why());
            case Fact.Known<List<Double>>(List<Double> share, Instant readAt) ->
                share.isEmpty()
                        ? new Fact.Unknown<>("no service that calls it counts its calls")
                        : new Fact.Known<>(share.getFirst(), readAt);
        };
    }

    private static List<Double> shares(List<PromQl.Sample> calls, List<PromQl.Sample> retries) {
        double first = calls.stream().mapToDouble(PromQl.Sample::value).sum();
        double repeats = retries.stream().mapToDouble(PromQl.Sample::value).sum();
        return first + repeats > 0 ? List.of(repeats / (first + repeats)) : List.of();
    }

    private static double share(double part, double whole) {
        return Math.clamp(part / whole, 0, 1);
    }

    private static <A, B, R> Fact<R> both(Fact<A> one, Fact<B> other, BiFunction<A, B, R> combined) {
        return switch (one) {
            case Fact.Unknown<A>(String why) -> new Fact.Unknown<>(why);
            case Fact.Known<A>(A first, Instant _) -> other.map(second -> combined.apply(first, second));
        };
    }
}
