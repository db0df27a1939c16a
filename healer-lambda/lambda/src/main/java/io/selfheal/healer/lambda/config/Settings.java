package io.selfheal.healer.lambda.config;

import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.lambda.config.Configuration.Doors;
import io.selfheal.healer.lambda.config.Configuration.Notices;
import io.selfheal.healer.lambda.config.Configuration.Probe;
import io.selfheal.healer.lambda.config.Configuration.Queues;
import io.selfheal.healer.lambda.config.Configuration.Sources;
import io.selfheal.healer.local.telemetry.GrafanaSettings;
import io.selfheal.healer.local.telemetry.OtlpSettings;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.setting.Requirement;
import io.selfheal.healer.setting.StartRefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the settings from the environment. One sentence for each problem, and no start with any. */
public final class Settings {
    /** As the server has it: shorter ones can be guessed by trying. */
    private static final int SHORTEST_TOKEN = 16;

    private static final int SHORTEST_KEY = 32;
    /** A look costs an invocation: what is on its way is looked at less often than by a server. */
    private static final Duration RECHECK = Duration.ofSeconds(5);
    /** As often as the schedule comes anyhow. */
    private static final Duration STANDBY = Duration.ofMinutes(1);

    private static final Duration FACTS = Duration.ofSeconds(3);
    private static final Duration PROBE = Duration.ofMillis(400);
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Variables variables;

    private Settings(Variables variables) {
        this.variables = variables;
    }

    /**
     * The settings that the environment gives.
     *
     * @param folder where the function's package lies: what a relative path starts from
     */
    public static Configuration of(Map<String, String> environment, Path folder) {
        return new Settings(new Variables(environment)).read(folder);
    }

    private Configuration read(Path folder) {
        variables.oneOf("HEALER_FLEET", "ecs", List.of("ecs"));
        store();
        variables.oneOf("HEALER_LOG_LEVEL", "INFO", List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE"));
        Optional<Policies> policies = PolicySource.read(variables, folder);
        String cluster = variables.text("HEALER_CLUSTER", "selfheal");
        String table = table();
        Rules rules = rules();
        Duration facts = positive("HEALER_FACTS_TIMEOUT", FACTS);
        Probe probe = probe();
        Sources sources = sources();
        Doors doors = doors(folder);
        Notices notices = notices();
        Queues queues = new Queues(queue("HEALER_WAKE_UP_QUEUE_URL"), queue("HEALER_DEAD_LETTER_QUEUE_URL"));
        variables.refuseUnread();
        variables.refuseStart();
        return new Configuration(
                cluster, policies.orElseThrow(), table, rules, facts, probe, sources, doors, notices, queues);
    }

    private void store() {
        variables.read("HEALER_STORE", "dynamodb", value -> {
            Requirement.that(
                    !value.equals("jdbc"),
                    "HEALER_STORE: 'jdbc' is the server's; a Lambda keeps nothing between two calls and shares no"
                            + " connections, so that its store is dynamodb");
            Requirement.oneOf("HEALER_STORE", value, List.of("dynamodb"));
            return value;
        });
    }

    private String table() {
        return variables.read("HEALER_DYNAMO_TABLE", "selfheal", value -> {
            Requirement.that(
                    value.matches("[A-Za-z0-9_.-]{3,255}"),
                    "HEALER_DYNAMO_TABLE: expected 3 to 255 of A-Z a-z 0-9 _ . -, was '" + value + "'");
            return value;
        });
    }

    private Rules rules() {
        return new Rules(
                variables.duration("HEALER_PROBE_GRACE", Rules.DEFAULT.startupGrace(), value -> !value.isNegative()),
                positive("HEALER_PATIENCE", Rules.DEFAULT.patience()),
                positive("HEALER_RECHECK", RECHECK),
                positive("HEALER_STANDBY", STANDBY),
                positive("HEALER_TOGETHER", Rules.DEFAULT.together()));
    }

    private Probe probe() {
        String path = variables.read("HEALER_PROBE_PATH", "/health", value -> {
            Requirement.that(
                    value.startsWith("/"), "HEALER_PROBE_PATH: expected to start with '/', was '" + value + "'");
            return value;
        });
        return new Probe(path, positive("HEALER_PROBE_TIMEOUT", PROBE));
    }

    private Sources sources() {
        return new Sources(
                variables.address("HEALER_PROMETHEUS_URL"),
                positive("HEALER_EVIDENCE_WINDOW", WINDOW),
                variables.address("HEALER_LOKI_URL"),
                variables.address("HEALER_ALERTMANAGER_URL"),
                variables.text("HEALER_MODES_TOKEN", ""),
                variables.text("HEALER_CLOUDWATCH_NAMESPACE", ""),
                positive("HEALER_CLOUDWATCH_PERIOD", PERIOD));
    }

    private Doors doors(Path folder) {
        Set<String> topics = Stream.of(variables.text("HEALER_SNS_TOPICS", "").split(","))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        String token = secret("HEALER_TOKEN", SHORTEST_TOKEN);
        String authorities = variables.text("HEALER_SNS_AUTHORITIES", "");
        return new Doors(
                topics,
                variables.flag("HEALER_SNS_VERSION_ONE"),
                authorities.isEmpty() ? "" : folder.resolve(authorities).toString(),
                token);
    }

    private Notices notices() {
        String key = secret("HEALER_APPROVAL_KEY", SHORTEST_KEY);
        String publicUrl =
                variables.address("HEALER_PUBLIC_URL").map(Object::toString).orElse("");
        variables.require(
                key.isEmpty() || !publicUrl.isEmpty(),
                "HEALER_PUBLIC_URL is not set: HEALER_APPROVAL_KEY needs the address of the server that takes approvals");
        return new Notices(
                variables.address("HEALER_NOTICES_URL"),
                variables.text("HEALER_SNS_TOPIC_ARN", ""),
                key,
                publicUrl,
                traces(),
                grafana());
    }

    private Optional<OtlpSettings> traces() {
        String name = variables.text("OTEL_SERVICE_NAME", "healer");
        String attributes = variables.text("OTEL_RESOURCE_ATTRIBUTES", "");
        return variables.read(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                Optional.empty(),
                endpoint -> Optional.of(OtlpSettings.of(endpoint, name, attributes)));
    }

    private Optional<GrafanaSettings> grafana() {
        String token = variables.text("HEALER_GRAFANA_TOKEN", "");
        String file = variables.text("HEALER_GRAFANA_TOKEN_FILE", "");
        return variables.read(
                "HEALER_GRAFANA_URL", Optional.empty(), url -> Optional.of(GrafanaSettings.of(url, token, file)));
    }

    /** The value itself is never shown. */
    private String secret(String name, int shortest) {
        return variables.read(name, "", value -> {
            Requirement.that(
                    value.length() >= shortest,
                    name + " is too short: expected " + shortest + " or more characters, it has " + value.length());
            return value;
        });
    }

    private String queue(String name) {
        return variables.read(name, "", value -> {
            Requirement.httpAddress(name, value);
            if (value.endsWith(".fifo")) {
                throw new StartRefusedException(name + ": expected a standard queue, was the FIFO queue " + value);
            }
            return value;
        });
    }

    private Duration positive(String name, Duration otherwise) {
        return variables.duration(name, otherwise, Duration::isPositive);
    }
}
