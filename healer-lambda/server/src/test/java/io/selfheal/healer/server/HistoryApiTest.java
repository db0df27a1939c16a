package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.rehearsal.RecordedSignal;
import io.selfheal.healer.rehearsal.SignalHistory;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryApiTest {
    private final RunningHealer healer = RunningHealer.onPaper();
    private final SimulatedFleet fleet = healer.bean(SimulatedFleet.class);

    @AfterAll
    void stop() {
        healer.close();
    }

    private JsonNode healed(String service) {
        TaskId victim = fleet.tasksOf(fleet.service(service, 3)).getFirst();
        healer.post("/signals/alertmanager", Webhooks.firing(service, victim.arn()));
        return healer.awaitIncident(service, "RESOLVED");
    }

    private int signals(String service, String span) {
        return healer.json("/why?service=" + service + "&" + span)
                .path("signals")
                .size();
    }

    @Test
    void givenAHealedIncident_whenAskingWhy_thenTheSignalIsAnsweredWithTheDecision() {
        JsonNode incident = healed("asked");

        JsonNode why = healer.json("/why?service=asked&since=PT1H");

        assertThat(why.path("service").asText()).isEqualTo("selfheal/asked");
        JsonNode signal = why.path("signals").path(0);
        assertThat(signal.path("incident").asText())
                .isEqualTo(incident.path("id").asText());
        assertThat(signal.path("signal").asText()).startsWith("TaskUnready fires on task");
        assertThat(signal.path("answer").asText()).startsWith("the healer acts, SICK_TASK: ");
        assertThat(signal.path("followed").path("event").asText()).isEqualTo("ACT");
        assertThat(signal.path("standing").isNull()).isTrue();
        assertThat(why.path("next").isNull()).isTrue();

        Instant at = Instant.parse(signal.path("at").asText());
        assertThat(signals("asked", "since=" + at.minusMillis(1))).isEqualTo(1);
        assertThat(signals("asked", "since=" + at.plusMillis(1))).isZero();
        assertThat(signals("asked", "until=" + at.minusMillis(1))).isZero();
        assertThat(signals("nobody", "since=PT1H")).isZero();
    }

    @Test
    void givenMoreSignalsThanALimit_whenAskingPageByPage_thenAllCome() {
        TaskId victim = fleet.tasksOf(fleet.service("paged", 3)).getFirst();
        Instant now = Instant.now();
        // The second is about a task that is gone: a signal, and nothing to do.
        List<Webhooks.Sick> two = List.of(
                new Webhooks.Sick("paged", victim.arn(), now), new Webhooks.Sick("paged", victim.arn() + "0", now));
        assertThat(healer.post("/signals/alertmanager", Webhooks.firing(two)).statusCode())
                .isEqualTo(202);
        healer.awaitIncident("paged", "RESOLVED");
        int all = signals("paged", "since=PT1H");
        assertThat(all).isGreaterThan(1);

        int paged = 0;
        JsonNode page = healer.json("/why?service=paged&limit=1");
        while (!page.path("next").isNull()) {
            paged += page.path("signals").size();
            String after = URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8);
            page = healer.json("/why?service=paged&limit=1&after=" + after);
        }
        assertThat(paged + page.path("signals").size()).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /why                                            | service: must be given
            /why?service=                                   | service: must be given
            /why?service=/                                  | service: expected a name
            /why?service=order&since=yesterday              | since: expected a time such as
            /why?service=order&since=-PT1H                  | since: expected a time such as
            /why?service=order&since=PT999999999999999H     | since: expected a time such as
            /why?service=order&since=PT1H&until=PT2H        | since: expected a time before until
            /why?service=order&limit=0                      | limit: expected 1 to 1000
            /why?service=order&after=x                      | after: not the end of a page
            /signals/history?since=soon                     | since: expected a time such as
            /signals/history?service=/                      | service: expected a name
            """)
    void givenABadQuestion_thenAProblemSaysWhatIsWrong(String path, String words) {
        HttpResponse<String> response = healer.get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(words);
    }

    @Test
    void givenAHealedIncident_whenAskingForThePostmortem_thenADraftIsWritten() {
        JsonNode incident = healed("drafted");

        HttpResponse<String> page =
                healer.get("/incidents/" + incident.path("id").asText() + "/postmortem");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/markdown");
        assertThat(page.body())
                .startsWith("# Postmortem: TaskUnready on selfheal/drafted\n")
                .contains("Not known: no Prometheus is configured")
                .contains("| ACT | SICK_TASK |")
                .contains("restart-task");
        assertThat(healer.get("/incidents/none/postmortem").statusCode()).isEqualTo(404);
    }

    @Test
    void givenSignalsThatWereTaken_whenExporting_thenBacktestReadsThem() {
        healed("exported");

        HttpResponse<String> export = healer.get("/signals/history?since=PT1H&service=exported");

        assertThat(export.headers().firstValue("Content-Type").orElse("")).startsWith("application/jsonl");
        List<RecordedSignal> signals =
                SignalHistory.read("export", export.body().lines());
        assertThat(signals)
                .isNotEmpty()
                .allSatisfy(signal -> assertThat(signal.signal().service()).hasToString("selfheal/exported"));
        assertThat(healer.get("/signals/history?service=nobody").body()).isEmpty();
    }

    @Test
    void whenVerifying_thenTheHistoryOfARunningHealerIsSound() {
        healed("verified");

        JsonNode verification = healer.json("/history/verification");

        assertThat(verification.path("findings").size()).isZero();
        assertThat(verification.path("sound").asBoolean()).isTrue();
        assertThat(verification.path("heads").valueStream().map(JsonNode::asText))
                .anySatisfy(head -> assertThat(head).matches("selfheal/verified 1 [0-9a-f-]+ [4-9]:[0-9a-f]{64}"));
    }
}
