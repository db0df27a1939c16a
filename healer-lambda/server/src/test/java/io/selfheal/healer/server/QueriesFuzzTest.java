package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.SilentCloseable;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a question holds, it is answered or refused with a reason; none makes the healer fail. */
class QueriesFuzzTest {
    /** The values of a case are those of the parameters in this order; what it has no value for is left out. */
    private record Question(String path, List<String> parameters) {
        String with(String[] values) {
            return path + "?"
                    + IntStream.range(0, Math.min(values.length, parameters.size()))
                            .mapToObj(i -> parameters.get(i) + "=" + encoded(values[i]))
                            .collect(Collectors.joining("&"));
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question("/why", List.of("service", "since", "until", "limit", "after")),
            new Question("/incidents", List.of("service", "state", "after", "limit")),
            new Question("/signals/history", List.of("service", "since", "until")),
            new Question("/interventions", List.of("limit")));

    private static RunningHealer healer;

    @BeforeAll
    static void start() {
        healer = RunningHealer.onPaper();
        SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
        TaskId victim = fleet.tasksOf(fleet.service("order", 3)).getFirst();
        healer.post("/signals/alertmanager", Webhooks.firing("order", victim.arn()));
        healer.awaitIncident("order", "RESOLVED");
    }

    @AfterAll
    static void stop() {
        healer.close();
    }

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "order\nPT1H\nPT0S\n10\n",
                        "selfheal/order\n2026-05-01T10:00:00Z\n9998-01-01T00:00:00Z\n1000\n01-a",
                        "order\nRESOLVED\n\n1",
                        "\nopen\nno-such\n0",
                        "a/b/c\n-PT1S\nPT9223372036854775807S\n99999999999\n%00",
                        "\u0000\n+999999999-12-31T23:59:59Z\n\n-1\n'\"<b>",
                        "order\nP106751991167300D\n-999999999-01-01T00:00:00Z\nNaN\n..")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void aQuestionIsAnsweredOrRefusedWithAReason(byte[] values) {
        String[] given = new String(values, StandardCharsets.UTF_8).split("\n", -1);
        try (SilentCloseable _ = onlyToTheHealer()) {
            QUESTIONS.forEach(question -> require(question.with(given)));
        }
    }

    static Stream<Arguments> links() {
        String hash = "0".repeat(32);
        return Stream.of(
                        "01-a\n1\n" + hash + "\n1800000000\nAAAA",
                        "a_b\n1\n" + hash + "\n1800000000\nAAAA",
                        "01-a\n-2147483648\n" + hash + "\n253370764800\n=",
                        "01-a\n99999999999\nx\n-1\n\u0000")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("links")
    @FuzzTest(maxDuration = "5m")
    void aLinkOfAnApprovalIsRefusedWithAReason(byte[] values) {
        String[] given = (new String(values, StandardCharsets.UTF_8) + "\n\n\n\n\n").split("\n", -1);
        String link = "/approvals/" + encoded(given[0]) + "?attempt=" + encoded(given[1]) + "&action="
                + encoded(given[2]) + "&expires=" + encoded(given[3]) + "&signature=" + encoded(given[4]);
        try (SilentCloseable _ = onlyToTheHealer()) {
            assertThat(require(link)).isNotEqualTo(200);
            assertThat(require("/incidents/" + encoded(given[0]))).isIn(200, 400, 404, 413);
        }
    }

    /** What asks the healer connects to it anew now and then; nothing that is asked may lead anywhere else. */
    private static SilentCloseable onlyToTheHealer() {
        return BugDetectors.allowNetworkConnections((host, _) -> host.equals("localhost"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static int require(String path) {
        HttpResponse<String> response = healer.get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isBetween(200, 499);
        if (response.statusCode() >= 400 && !path.startsWith("/approvals/")) {
            JsonNode problem = RunningHealer.tree(response);
            assertThat(problem.path("detail").asText()).as(path).isNotBlank();
        }
        return response.statusCode();
    }
}
