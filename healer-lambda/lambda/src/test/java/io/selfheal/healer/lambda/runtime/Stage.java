package io.selfheal.healer.lambda.runtime;

import io.selfheal.embedded.trivial.TrivialFleet;
import io.selfheal.healer.aws.dynamo.DynamoIncidentStore;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import io.selfheal.healer.aws.dynamo.LocalDynamo;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.lambda.training.RuntimeApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything around the function: an ECS cluster, a table, queues, and Lambda itself. */
public final class Stage implements AutoCloseable {
    public static final String POLICIES = """
            version: 1
            name: lambda-test
            policies:
              - name: sick-task
                match: ['alertname=~"Task.*"']
                ladder: [restart-task, escalate]
                mode: act
                cooldown: PT1S
                budgets: [{scope: service, limit: 60, window: PT1H}]
                healthyFloor: {percent: 50}
                verification: {stabilisation: PT1S, deadline: PT60S}
                lease: PT30S
                warmUp: PT0.1S
            """;

    public final TrivialFleet fleet;
    public final PaperAws aws = new PaperAws();
    public final String table = table();
    private final DynamoTable reading = DynamoTable.open(LocalDynamo.settings(table));

    public Stage(Path folder) throws IOException {
        fleet = new TrivialFleet(folder.resolve("ecs"));
    }

    /** The name of a new, empty table. */
    public static String table() {
        return LocalDynamo.fresh().table();
    }

    /** The tasks of a service that run. */
    public List<TaskId> running(String service) {
        return fleet.running(service).stream().map(TaskId::new).toList();
    }

    /** Of a function that is driven by that Lambda. */
    public Map<String, String> environment(RuntimeApi lambda) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("AWS_ENDPOINT_URL_ECS", fleet.uri().toString());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", LocalDynamo.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_SQS", aws.uri());
        environment.put("HEALER_POLICY", POLICIES);
        environment.put("HEALER_DYNAMO_TABLE", table);
        environment.put("HEALER_WAKE_UP_QUEUE_URL", aws.queue("wake-ups"));
        environment.put("HEALER_DEAD_LETTER_QUEUE_URL", aws.queue("dead-letters"));
        environment.put("HEALER_PROBE_TIMEOUT", "PT5S");
        environment.put("HEALER_RECHECK", "PT1S");
        // The tasks are as young as the test.
        environment.put("HEALER_PROBE_GRACE", "PT0S");
        return environment;
    }

    /** The same where nobody names an endpoint, as on AWS: {@link #behind} says where AWS's names lead. */
    public Map<String, String> environmentOnAws(RuntimeApi lambda) {
        Map<String, String> environment = new HashMap<>(environment(lambda));
        environment.keySet().removeIf(name -> name.startsWith("AWS_ENDPOINT_URL"));
        environment.put("AWS_SESSION_TOKEN", "test");
        String queues = "https://sqs.us-east-1.amazonaws.com/000000000000/";
        environment.put("HEALER_WAKE_UP_QUEUE_URL", queues + "wake-ups");
        environment.put("HEALER_DEAD_LETTER_QUEUE_URL", queues + "dead-letters");
        return environment;
    }

    /** Which of the endpoints here stands for the host of that name. */
    public URI behind(String host) {
        return switch (host) {
            case "ecs.us-east-1.amazonaws.com" -> fleet.uri();
            case "dynamodb.us-east-1.amazonaws.com" -> LocalDynamo.endpoint();
            case "sqs.us-east-1.amazonaws.com" -> URI.create(aws.uri());
            default -> throw new IllegalArgumentException("the function needs no " + host);
        };
    }

    public List<Incident> incidents() {
        return new DynamoIncidentStore(reading)
                .list(new IncidentArchive.Query(Optional.empty(), Optional.empty(), 100));
    }

    public List<HistoryEntry> history() {
        return new DynamoIncidentStore(reading).history(incidents().getFirst().id());
    }

    @Override
    public void close() {
        reading.close();
        aws.close();
        fleet.close();
    }
}
