package io.selfheal.demo.stage;

import io.selfheal.demo.cloud.CloudSettings;
import io.selfheal.demo.fleet.Fleet;
import io.selfheal.observability.Profile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How the healer is told where it works: the same variables as in production, with the embedded endpoint as its ECS. */
final class HealerEnvironment {

    private final StageOptions options;
    private final Secrets secrets;

    HealerEnvironment(StageOptions options, Secrets secrets) {
        this.options = options;
        this.secrets = secrets;
    }

    Map<String, String> of(Path folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HEALER_PORT", String.valueOf(options.ports().healer()));
        environment.put("HEALER_TOKEN", secrets.healer());
        environment.put("HEALER_MODES_TOKEN", secrets.modes());
        environment.put("HEALER_FLEET", "ecs");
        environment.put("HEALER_STORE", "jdbc");
        environment.put(
                "HEALER_JDBC_URL", "jdbc:h2:file:" + folder.resolve("healer").toAbsolutePath());
        environment.put("HEALER_POLICY", options.policy().toString());
        environment.put("HEALER_CLUSTER", Fleet.CLUSTER);
        environment.put("HEALER_PROBE_ENABLED", String.valueOf(options.probeOn()));
        if (options.profile() == Profile.FAST) {
            environment.put("HEALER_PROBE_WARM_UP", "PT20S");
            // Longer than a task takes to start, or every replacement would be a case for a person.
            environment.put("HEALER_PATIENCE", "PT30S");
        }
        if (options.tools().isPresent()) {
            environment.put(
                    "HEALER_ALERTMANAGER_URL",
                    Ports.url(options.ports().alertmanager()).toString());
            environment.put(
                    "HEALER_PROMETHEUS_URL",
                    Ports.url(options.ports().prometheus()).toString());
            environment.put("HEALER_EVIDENCE_WINDOW", evidenceWindow());
            // Requests a second of the service, task by task: where the console's link to metrics leads.
            environment.put(
                    "HEALER_METRICS_LINK",
                    Ports.url(options.ports().prometheus())
                            + "/graph?g0.tab=0&g0.expr=sum%20by%20(task_arn%2Cstatus)%20(rate(http_server_requests_seconds_count"
                            + "%7Bservice_name%3D%22{service}%22%7D%5B1m%5D))");
        }
        // glibc keeps a heap for each of several threads otherwise.
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("AWS_ENDPOINT_URL_ECS", Ports.url(options.ports().ecs()).toString());
        // The endpoint gives the tasks' logs back, too.
        environment.put(
                "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
                Ports.url(options.ports().ecs()).toString());
        environment.put("AWS_REGION", Shop.REGION);
        environment.put("AWS_ACCESS_KEY_ID", "embedded");
        environment.put("AWS_SECRET_ACCESS_KEY", "embedded");
        options.cloud().ifPresent(cloud -> environment.putAll(around(cloud)));
        return environment;
    }

    /** The store and the notices are there; the embedded endpoint stays the ECS half, and keeps the logs. */
    private static Map<String, String> around(CloudSettings cloud) {
        return Map.of(
                "HEALER_STORE", "dynamodb",
                "HEALER_DYNAMO_TABLE", cloud.table(),
                "HEALER_SNS_TOPIC_ARN", cloud.notices(),
                // Nobody watched the tasks' starts, so that each task that was never seen ready would get its time to
                // start again.
                "HEALER_PROBE_GRACE", "PT10S",
                "AWS_ENDPOINT_URL_DYNAMODB", cloud.endpoint().toString(),
                "AWS_ENDPOINT_URL_SNS", cloud.endpoint().toString(),
                "AWS_REGION", cloud.region());
    }

    /** At least four scrapes of the profile, so that one that is late does not matter. */
    private String evidenceWindow() {
        if (options.setting() == Setting.USUAL_INTERVALS) {
            return "PT60S";
        }
        return switch (options.profile()) {
            case FAST -> "PT6S";
            case PRODUCTION -> "PT20S";
        };
    }
}
