package io.selfheal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/** CloudWatch Logs' API over what tasks write. */
class LogsTest {
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");

    private final HttpClient http = HttpClient.newHttpClient();
    private Endpoint endpoint;
    private Path log;
    private String stream = "";

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        endpoint = new Endpoint(folder, options -> options);
        endpoint.register("order", container -> container
                .command("sh", "-c", "trap 'exit 0' TERM; sleep 300 & wait")
                .logConfiguration(awslogs(Map.of(
                        "awslogs-group", "/selfheal/order",
                        "awslogs-region", "us-east-1",
                        "awslogs-stream-prefix", "ecs"))));
        endpoint.create("order", "order", 1);
        var task = endpoint.tasks("order").getFirst();
        stream = "ecs/app/" + Endpoint.id(task.taskArn());
        log = endpoint.taskFolder(task).resolve("app.log");
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        endpoint.close();
    }

    private static LogConfiguration awslogs(Map<String, String> options) {
        return LogConfiguration.builder()
                .logDriver(LogDriver.AWSLOGS)
                .options(options)
                .build();
    }

    private void wrote(String lines) throws IOException {
        Files.writeString(log, lines);
    }

    private static String line(int second, String level, String message) {
        return "{\"timestamp\":\"%s\",\"level\":\"%s\",\"message\":\"%s\"}\n"
                .formatted(T0.plusSeconds(second), level, message);
    }

    private HttpResponse<String> send(String operation, ObjectNode request) {
        try {
            return http.send(
                    HttpRequest.newBuilder(endpoint.ecs().uri().resolve("/"))
                            .header("X-Amz-Target", "Logs_20140328." + operation)
                            .POST(BodyPublishers.ofByteArray(Json.bytes(request)))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private JsonNode call(String operation, ObjectNode request) {
        HttpResponse<String> answer = send(operation, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8)).json();
    }

    private void refused(String operation, ObjectNode request, String code, String message) {
        HttpResponse<String> answer = send(operation, request);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error =
                Json.parse(answer.body().getBytes(StandardCharsets.UTF_8)).json();
        assertThat(error.path("__type").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).contains(message);
    }

    private static ObjectNode group() {
        return Json.object().put("logGroupName", "/selfheal/order");
    }

    private static List<String> messages(JsonNode answer) {
        return StreamSupport.stream(answer.path("events").spliterator(), false)
                .map(event -> event.path("message").asText())
                .toList();
    }

    private List<String> filtered(ObjectNode request) {
        return messages(call("FilterLogEvents", request));
    }

    @Test
    void whenATaskWrites_thenItsLinesAreEvents_withTheTimesThatTheyTell() throws IOException {
        wrote(line(0, "INFO", "up") + "\n\tat some.Stack\n" + line(2, "ERROR", "boom") + "not written to its end");

        JsonNode answer = call("FilterLogEvents", group());

        assertThat(messages(answer))
                .containsExactly(
                        line(0, "INFO", "up").strip(),
                        "\tat some.Stack",
                        line(2, "ERROR", "boom").strip());
        assertThat(answer.path("events").findValuesAsText("timestamp"))
                .containsExactly(
                        "" + T0.toEpochMilli(),
                        "" + T0.toEpochMilli(),
                        "" + T0.plusSeconds(2).toEpochMilli());
        assertThat(answer.path("events").path(0).path("logStreamName").asText()).isEqualTo(stream);
        assertThat(answer.has("nextToken")).isFalse();
    }

    @Test
    void whenFiltered_thenByTimesAndPatternAndStream() throws IOException {
        String boom = line(2, "ERROR", "boom");
        wrote(line(0, "INFO", "up") + boom + line(4, "ERROR", "bang") + line(6, "WARN", "no ERROR"));

        assertThat(filtered(group().put("filterPattern", "{ $.level = \"ERROR\" }")))
                .hasSize(2);
        assertThat(filtered(group().put("filterPattern", "ERROR"))).hasSize(3);
        assertThat(filtered(group().put("filterPattern", "ERROR -bang -\"no ERROR\"")))
                .containsExactly(boom.strip());
        assertThat(filtered(group().put("startTime", T0.plusSeconds(2).toEpochMilli())
                        .put("endTime", T0.plusSeconds(4).toEpochMilli())))
                .hasSize(2);
        ObjectNode named = group();
        named.putArray("logStreamNames").add(stream);
        assertThat(filtered(named)).hasSize(4);
        assertThat(filtered(group().put("logStreamNamePrefix", "other/"))).isEmpty();
        assertThat(filtered(Json.object()
                        .put("logGroupIdentifier", "arn:aws:logs:us-east-1:000000000000:log-group:/selfheal/order:*")))
                .hasSize(4);
    }

    @Test
    void whenThereAreMoreThanAsked_thenTheyComeInPages_noneTwice() throws IOException {
        wrote(line(0, "INFO", "1") + line(0, "INFO", "2") + line(1, "INFO", "3"));

        JsonNode first = call("FilterLogEvents", group().put("limit", 2));
        JsonNode second = call(
                "FilterLogEvents",
                group().put("limit", 2).put("nextToken", first.path("nextToken").asText()));

        assertThat(messages(first))
                .containsExactly(
                        line(0, "INFO", "1").strip(), line(0, "INFO", "2").strip());
        assertThat(messages(second)).containsExactly(line(1, "INFO", "3").strip());
        assertThat(second.has("nextToken")).isFalse();
    }

    @Test
    void whenOneStreamIsRead_thenTheNewestComeFirst_orFromItsHead_andTokensLeadBothWays() throws IOException {
        wrote(line(0, "INFO", "1") + line(1, "INFO", "2") + line(2, "INFO", "3"));
        ObjectNode request = group().put("logStreamName", stream).put("limit", 2);

        JsonNode newest = call("GetLogEvents", request.deepCopy());
        JsonNode before = call(
                "GetLogEvents",
                request.deepCopy()
                        .put("nextToken", newest.path("nextBackwardToken").asText()));
        JsonNode after = call(
                "GetLogEvents",
                request.deepCopy()
                        .put("nextToken", newest.path("nextForwardToken").asText()));
        JsonNode head = call("GetLogEvents", request.deepCopy().put("startFromHead", true));
        JsonNode untilThird = call(
                "GetLogEvents",
                request.deepCopy().put("endTime", T0.plusSeconds(2).toEpochMilli()));

        assertThat(messages(newest))
                .containsExactly(
                        line(1, "INFO", "2").strip(), line(2, "INFO", "3").strip());
        assertThat(messages(before)).containsExactly(line(0, "INFO", "1").strip());
        assertThat(messages(after)).isEmpty();
        assertThat(after.path("nextForwardToken")).isEqualTo(newest.path("nextForwardToken"));
        assertThat(messages(head))
                .containsExactly(
                        line(0, "INFO", "1").strip(), line(1, "INFO", "2").strip());
        assertThat(messages(untilThird))
                .hasSize(2)
                .doesNotContain(line(2, "INFO", "3").strip());
    }

    @Test
    void whenStreamsAreDescribed_thenEachTaskHasOne_alsoThatWhichStopped() throws IOException {
        wrote(line(0, "INFO", "up") + line(9, "INFO", "down"));
        String first = endpoint.tasks("order").getFirst().taskArn();
        endpoint.client().stopTask(request -> request.cluster(Endpoint.CLUSTER).task(first));
        endpoint.awaitStopped(first);
        endpoint.awaitStable("order");

        JsonNode answer = call("DescribeLogStreams", group().put("logStreamNamePrefix", stream));
        JsonNode byTime = call(
                "DescribeLogStreams", group().put("orderBy", "LastEventTime").put("descending", true));
        JsonNode page = call("DescribeLogStreams", group().put("limit", 1));

        JsonNode one = answer.path("logStreams").path(0);
        assertThat(one.path("logStreamName").asText()).isEqualTo(stream);
        assertThat(one.path("arn").asText())
                .isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:/selfheal/order:log-stream:" + stream);
        assertThat(one.path("firstEventTimestamp").asLong()).isEqualTo(T0.toEpochMilli());
        assertThat(one.path("lastEventTimestamp").asLong())
                .isEqualTo(T0.plusSeconds(9).toEpochMilli());
        assertThat(byTime.path("logStreams")).hasSize(2);
        assertThat(byTime.path("logStreams").path(0).path("logStreamName").asText())
                .isEqualTo(stream);
        assertThat(page.path("logStreams")).hasSize(1);
        assertThat(call(
                                "DescribeLogStreams",
                                group().put("nextToken", page.path("nextToken").asText()))
                        .path("logStreams"))
                .hasSize(1);
    }

    @Test
    void whenALogIsLong_thenItsEndIsRead_fromTheNextWholeLine() throws IOException {
        wrote(line(0, "INFO", "x".repeat(1000)).repeat(5000) + line(1, "ERROR", "boom"));

        assertThat(filtered(group().put("filterPattern", "ERROR")))
                .containsExactly(line(1, "ERROR", "boom").strip());
        assertThat(filtered(group()).getFirst())
                .isEqualTo(line(0, "INFO", "x".repeat(1000)).strip());
    }

    @Test
    void whatIsNotThereOrMakesNoSenseIsRefusedAsOnAws() {
        refused(
                "FilterLogEvents",
                Json.object().put("logGroupName", "no"),
                "ResourceNotFoundException",
                "The specified log group does not exist.");
        refused(
                "GetLogEvents",
                group().put("logStreamName", "no"),
                "ResourceNotFoundException",
                "The specified log stream does not exist.");
        refused("FilterLogEvents", Json.object(), "InvalidParameterException", "Value null at 'logGroupName'");
        refused(
                "FilterLogEvents",
                group().put("filterPattern", "{ $.a = 1 && $.b = 2 }"),
                "InvalidParameterException",
                "Invalid filter pattern");
        refused("FilterLogEvents", group().put("limit", 0), "InvalidParameterException", "limit");
        refused("FilterLogEvents", group().put("startTime", "now"), "SerializationException", "startTime");
        refused(
                "GetLogEvents",
                group().put("logStreamName", stream).put("nextToken", "x"),
                "InvalidParameterException",
                "nextToken");
        refused(
                "DescribeLogStreams",
                group().put("orderBy", "LastEventTime").put("logStreamNamePrefix", "ecs"),
                "InvalidParameterException",
                "LastEventTime");
        refused("PutLogEvents", group(), "UnknownOperationException", "Logs_20140328.PutLogEvents");
    }

    @Test
    void whenAwslogsIsNotToldWhereTo_thenTheTaskDefinitionIsRefused() {
        assertThatThrownBy(() -> endpoint.register(
                        "mute", container -> container.command("true").logConfiguration(awslogs(Map.of()))))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("awslogs-group, awslogs-region");
    }
}
