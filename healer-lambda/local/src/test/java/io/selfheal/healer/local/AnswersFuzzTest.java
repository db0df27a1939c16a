package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.selfheal.healer.intake.Intake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the systems beside the healer answer is understood, or it is an IOException, which those who ask are made for. */
class AnswersFuzzTest {

    static Stream<Arguments> seeds() {
        return Stream.of(
                        data("""
                                {"resultType":"vector","result":[{"metric":{"task_arn":"a"},"value":[1,"0.5"]},
                                {"metric":{},"value":[1,"NaN"]},{"metric":{},"value":[1,"+Inf"]}]}"""),
                        data("{\"resultType\":\"scalar\",\"result\":[1,\"-Inf\"]}"),
                        data("""
                                [{"seriesLabels":{"task_arn":"a"},"exemplars":[{"labels":
                                {"trace_id":"0123456789abcdef0123456789abcdef","span_id":"0123456789abcdef"},
                                "value":"0.5","timestamp":1600000000.5}]}]"""),
                        data("""
                                {"resultType":"streams","result":[{"stream":{"task_arn":"a"},"values":[["1600000000000000000",
                                "{\\"message\\":\\"no\\",\\"exception\\":\\"a\\\\nb\\"}"],["1","plain password=x"]]}]}"""),
                        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"}",
                        "{\"status\":\"success\",\"warnings\":[\"PromQL info: x\",\"cut\"],\"data\":{}}",
                        """
                        [{"fingerprint":"f","startsAt":"2026-05-01T10:00:00Z","status":{"inhibitedBy":["x"]},
                        "labels":{"alertname":"TaskDown","service_name":"order","task_arn":"a"}}]""",
                        """
                        [{"id":"1","status":{"state":"active"},"comment":"c","createdBy":"b","startsAt":"2026-05-01T10:00:00Z",
                        "endsAt":"2026-05-01T11:00:00Z","matchers":[{"name":"a","value":"(b|c)+","isRegex":true,"isEqual":false}]}]""",
                        "{\"details\":{\"jdbc\":{\"status\":\"DOWN\"}}}",
                        "{\"components\":{\"db\":{\"status\":\"DOWN\"}}}")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String data(String data) {
        return "{\"status\":\"success\",\"data\":" + data + "}";
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void anAnswerIsUnderstoodOrAnIoException(byte[] body) {
        Outgoing.Answer answer = new Outgoing.Answer(200, new String(body, StandardCharsets.UTF_8));
        tried(() -> PromApi.understood(answer, PromQl::samples));
        tried(() -> PromApi.understood(answer, data -> PrometheusTraces.traces(data, true))
                .values());
        tried(() -> PromApi.understood(answer, LokiEvidence::lines))
                .forEach(line -> assertThat(line.text()).isNotBlank());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void whatAlertmanagerAnswersIsUnderstoodOrAnIoException(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        AlertmanagerAlerts alerts =
                new AlertmanagerAlerts(new Intake("selfheal", List.of(), InstantSource.fixed(Instant.EPOCH)));
        tried(() -> alerts.parse(text));
        tried(() -> AlertmanagerSilences.parse(text)).forEach(silence -> silence.holds(Instant.EPOCH));
        assertThatCode(() -> HealthDocument.whatIsDown(text)).doesNotThrowAnyException();
    }

    private interface Reads<T> {
        Collection<T> read() throws IOException;
    }

    /** Empty for what could not be understood. */
    private static <T> Collection<T> tried(Reads<T> reading) {
        try {
            return reading.read();
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).*\\S.*");
            return List.of();
        }
    }
}
