package io.selfheal.healer.aws;

import static io.selfheal.healer.aws.TestCluster.NOW;
import static io.selfheal.healer.aws.TestCluster.ORDER;
import static io.selfheal.healer.aws.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Evidence.Part;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsLogsTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Map<String, String> AWSLOGS = Map.of(
            "awslogs-group", "/selfheal/order",
            "awslogs-region", "us-east-1",
            "awslogs-stream-prefix", "ecs");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestCluster cluster = new TestCluster();
    private final EcsFleet fleet = cluster.fleet();

    EcsLogsTest() throws IOException {}

    @AfterEach
    void close() {
        fleet.close();
        cluster.close();
    }

    private static String line(int before, String level, String message) {
        return "{\"timestamp\":\"%s\",\"level\":\"%s\",\"message\":\"%s\",\"trace_id\":\"%s\"}"
                .formatted(NOW.minusSeconds(before), level, message, TRACE);
    }

    /** So many tasks that write these lines at their start. */
    private List<TaskId> run(int tasks, String... lines) {
        cluster.registerLogging("printf '" + String.join("\\n", lines) + "\\n'", AWSLOGS);
        cluster.createOrder(tasks);
        return await(fleet, ServiceState::steady).tasks().stream().map(Task::id).toList();
    }

    private Evidence gather() {
        return fleet.logs().gather(ORDER);
    }

    private List<LogLine> awaitLines(Predicate<List<LogLine>> wanted) {
        var unused = await(fleet, _ -> wanted.test(lines()));
        return lines();
    }

    private List<LogLine> lines() {
        return gather().logs() instanceof Fact.Known<List<LogLine>>(List<LogLine> lines, Instant _) ? lines : List.of();
    }

    @Test
    void whenTasksLoggedErrors_thenTheyAreKnown_theNewestFirst_eachWithItsTask() {
        List<TaskId> tasks = run(2, line(9, "ERROR", "boom"), line(8, "INFO", "ok"), line(3, "ERROR", "password=x"));

        List<LogLine> lines = awaitLines(seen -> seen.size() == 4);

        assertThat(lines)
                .extracting(LogLine::text)
                .containsExactly("password=[redacted]", "password=[redacted]", "boom", "boom");
        assertThat(lines.subList(0, 2))
                .extracting(LogLine::task)
                .containsExactlyInAnyOrderElementsOf(
                        tasks.stream().map(Optional::of).toList());
        assertThat(lines.getLast().at()).isEqualTo(NOW.minusSeconds(9));
        assertThat(lines.getLast().trace()).contains(TRACE);
    }

    @Test
    void whenOnlyOlderOnesAreThere_thenThoseOfTheLastTwoMinutes() {
        run(1, line(500, "ERROR", "old"), line(60, "ERROR", "older"), line(1, "INFO", "ok"));

        assertThat(awaitLines(seen -> !seen.isEmpty()))
                .extracting(LogLine::text)
                .containsExactly("older");
    }

    @Test
    void whenOneTaskLogsMuch_thenAFewLinesOfItAreKnown_theNewest() {
        String[] many = new String[350];
        for (int i = 0; i < many.length; i++) {
            many[i] = line(0, "ERROR", "no " + i);
        }
        run(1, many);

        assertThat(awaitLines(seen -> seen.size() == 5)).hasSize(5);
    }

    @Test
    void whenNothingWasLogged_thenThatIsKnown_andNothingElse() {
        run(1, line(1, "INFO", "ok"));

        assertThat(gather().logs()).isEqualTo(new Fact.Known<>(List.of(), NOW));
        assertThat(gather().missing()).hasSize(Part.values().length - 1).doesNotContainKey(Part.LOGS);
    }

    @Test
    void whenItsTasksLogElsewhere_thenLogsAreUnknown_andItSaysWhy() {
        cluster.createOrder(1);
        await(fleet, ServiceState::steady);

        assertThat(gather().missing(Part.LOGS))
                .contains(
                        "logs of selfheal/order: NoSuchElementException: order:1 does not log to CloudWatch: no container has"
                                + " awslogs with a group and a stream prefix");
    }

    @Test
    void whenCloudWatchRefuses_orBreaks_orHangs_thenLogsAreUnknown_andNotNone() {
        run(1, line(1, "ERROR", "boom"));

        cluster.fault("{\"operation\":\"FilterLogEvents\",\"error\":\"AccessDeniedException\"}");
        assertThat(gather().missing(Part.LOGS)).hasValueSatisfying(why -> assertThat(why)
                .startsWith("logs of selfheal/order: AccessDeniedException: FilterLogEvents of /selfheal/order"));

        cluster.fault("{\"operation\":\"FilterLogEvents\",\"error\":\"ConnectionReset\",\"count\":2}");
        // The JDK sends it once more by itself.
        assertThat(gather().missing(Part.LOGS)).isPresent();
        cluster.clearFaults();

        cluster.fault("{\"operation\":\"FilterLogEvents\",\"delay\":\"PT1M\"}");
        try (EcsFleet impatient = cluster.fleet(Duration.ofMillis(300), PATIENCE)) {
            assertThat(impatient.logs().gather(ORDER).missing(Part.LOGS)).isPresent();
        }
    }

    @Test
    void whenTheServiceIsOfAnotherCluster_thenNothingIsKnown() {
        assertThat(fleet.logs().gather(new ServiceId("other", "order")).missing())
                .containsOnlyKeys(Part.values());
    }
}
