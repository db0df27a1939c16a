package io.selfheal.healer.aws.cloudwatch;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.evidence.Vitals;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * How each running task of a service served lately, by {@code GetMetricData}: the sums {@link TaskMetric} with the dimensions
 * {@code ClusterName}, {@code ServiceName} and {@code TaskId}. A period counts where all three of them are told.
 */
public final class CloudWatchVitals implements EvidenceSource, AutoCloseable {
    /** The one that is not over yet, and two whole ones. */
    private static final int PERIODS = 3;
    /** GetMetricData takes 500 queries at once. */
    private static final int TASKS_A_CALL = 500 / TaskMetric.values().length;

    private static final int LONGEST = 200;

    private final CloudWatchSettings settings;
    private final Fleet fleet;
    private final CloudWatchClient client;
    private final InstantSource clock;

    /** Asks nothing yet. */
    public CloudWatchVitals(CloudWatchSettings settings, Fleet fleet, InstantSource clock) {
        this(settings, fleet, CloudWatchClients.of(settings), clock);
    }

    CloudWatchVitals(CloudWatchSettings settings, Fleet fleet, CloudWatchClient client, InstantSource clock) {
        this.settings = settings;
        this.fleet = fleet;
        this.client = client;
        this.clock = clock;
    }

    private record Series(TaskId task, TaskMetric metric) {}

    @Override
    public Evidence gather(ServiceId service) {
        return Evidence.ofVitals(
                switch (fleet.describe(service)) {
                    case Fact.Unknown<ServiceState>(String why) -> new Fact.Unknown<>(why);
                    case Fact.Known<ServiceState>(ServiceState state, Instant _) -> read(state);
                });
    }

    @Override
    public void close() {
        client.close();
    }

    private Fact<Map<TaskId, Vitals>> read(ServiceState state) {
        Instant at = clock.instant();
        List<TaskId> tasks =
                state.tasks().stream().filter(Task::running).map(Task::id).toList();
        Map<TaskId, Vitals> vitals = new HashMap<>();
        try {
            for (int from = 0; from < tasks.size(); from += TASKS_A_CALL) {
                vitals.putAll(ask(state.id(), tasks.subList(from, Math.min(from + TASKS_A_CALL, tasks.size())), at));
            }
            return new Fact.Known<>(vitals, at);
        } catch (SdkException | IncompleteException failed) {
            return new Fact.Unknown<>("metrics of " + state.id() + ": " + said(failed));
        }
    }

    private Map<TaskId, Vitals> ask(ServiceId service, List<TaskId> tasks, Instant at) throws IncompleteException {
        Map<String, Series> series = new HashMap<>();
        List<MetricDataQuery> queries = new ArrayList<>();
        for (TaskId task : tasks) {
            for (TaskMetric metric : TaskMetric.values()) {
                String id = "m" + series.size();
                series.put(id, new Series(task, metric));
                queries.add(query(id, service, task, metric));
            }
        }
        GetMetricDataRequest request = GetMetricDataRequest.builder()
                .metricDataQueries(queries)
                .startTime(at.minus(settings.period().multipliedBy(PERIODS)))
                .endTime(at)
                .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                .build();
        Map<TaskId, Map<TaskMetric, Map<Instant, Double>>> told = new HashMap<>();
        for (MetricDataResult result : client.getMetricDataPaginator(request).metricDataResults()) {
            Series one = series.get(result.id());
            if (one != null) {
                Map<Instant, Double> points = told.computeIfAbsent(one.task(), _ -> new EnumMap<>(TaskMetric.class))
                        .computeIfAbsent(one.metric(), _ -> new HashMap<>());
                keep(result, points);
            }
        }
        Map<TaskId, Vitals> vitals = new HashMap<>();
        told.forEach((task, metrics) -> vitals(metrics).ifPresent(known -> vitals.put(task, known)));
        return vitals;
    }

    /** What CloudWatch has only in part would pass for less traffic, or for fewer errors. */
    private static void keep(MetricDataResult result, Map<Instant, Double> points) throws IncompleteException {
        StatusCode status = result.statusCode();
        if (status == StatusCode.INTERNAL_ERROR || status == StatusCode.FORBIDDEN) {
            throw new IncompleteException(
                    "CloudWatch answers " + result.statusCodeAsString() + " to " + result.label());
        }
        for (int i = 0; i < Math.min(result.timestamps().size(), result.values().size()); i++) {
            points.put(result.timestamps().get(i), result.values().get(i));
        }
    }

    private MetricDataQuery query(String id, ServiceId service, TaskId task, TaskMetric metric) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.stat("Sum")
                        .period(Math.toIntExact(settings.period().toSeconds()))
                        .metric(one -> one.namespace(settings.namespace())
                                .metricName(metric.metricName())
                                .dimensions(
                                        dimension("ClusterName", service.cluster()),
                                        dimension("ServiceName", service.service()),
                                        dimension("TaskId", lastSegment(task)))))
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    /** As Container Insights names a task. */
    private static String lastSegment(TaskId task) {
        return task.arn().substring(task.arn().lastIndexOf('/') + 1);
    }

    private Optional<Vitals> vitals(Map<TaskMetric, Map<Instant, Double>> metrics) {
        Map<Instant, Double> requests = metrics.getOrDefault(TaskMetric.REQUESTS, Map.of());
        Map<Instant, Double> errors = metrics.getOrDefault(TaskMetric.ERRORS, Map.of());
        Map<Instant, Double> slow = metrics.getOrDefault(TaskMetric.SLOW, Map.of());
        double all = 0;
        double failed = 0;
        double late = 0;
        int periods = 0;
        for (Map.Entry<Instant, Double> period : requests.entrySet()) {
            Double failedThen = errors.get(period.getKey());
            Double lateThen = slow.get(period.getKey());
            if (failedThen != null && lateThen != null) {
                all += period.getValue();
                failed += failedThen;
                late += lateThen;
                periods++;
            }
        }
        double seconds = settings.period().multipliedBy(Math.max(1, periods)).toMillis() / 1000.0;
        return all > 0
                ? Optional.of(new Vitals(all / seconds, share(failed, all), share(late, all)))
                : Optional.empty();
    }

    private static double share(double part, double whole) {
        return Math.clamp(part / whole, 0, 1);
    }

    private static String said(Exception failed) {
        String line = failed instanceof AwsServiceException answer && answer.awsErrorDetails() != null
                ? answer.awsErrorDetails().errorCode() + ": "
                        + answer.awsErrorDetails().errorMessage()
                : String.valueOf(failed.getMessage());
        String advice = failed instanceof AwsServiceException answer && answer.statusCode() == 403
                ? "; the healer's role needs {\"Effect\": \"Allow\", \"Action\": \"cloudwatch:GetMetricData\", \"Resource\": \"*\"}"
                : "";
        return (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...") + advice;
    }

    private static final class IncompleteException extends Exception {
        private static final long serialVersionUID = 1L;

        IncompleteException(String why) {
            super(why);
        }
    }
}
