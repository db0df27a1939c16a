package io.selfheal.healer.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLineEncoderTest {

    private final LoggerContext context = new LoggerContext();
    private final JsonLineEncoder encoder = new JsonLineEncoder(Map.of(
            "AWS_EXECUTION_ENV", "AWS_ECS_FARGATE", "OTEL_RESOURCE_ATTRIBUTES", "a=b,deployment.environment.name=dev"));

    JsonLineEncoderTest() {
        encoder.setContext(context);
        encoder.start();
    }

    @Test
    void givenAnythingInAMessage_whenEncoding_thenItComesBackUnchangedFromOneLine() throws IOException {
        StringBuilder text = new StringBuilder("\"quoted\" \\ back");
        for (char c = 0; c < 0x250; c++) {
            text.append(c);
        }
        text.append("\u2028\u2029 \uD83D\uDE00 lone \uD83D.");

        String line = encoded(text.toString(), null);

        assertThat(line).endsWith("\n").doesNotContain("\u2028").hasLineCount(1);
        assertThat(new ObjectMapper().readTree(line).path("message").asText()).isEqualTo(text.toString());
    }

    @Test
    void givenAFailureAndFields_whenEncoding_thenBothAreInTheLine() throws IOException {
        JsonNode line = new ObjectMapper().readTree(encoded("text", new IllegalStateException("broken")));

        assertThat(line.path("incident").asText()).isEqualTo("one");
        assertThat(line.path("exception").asText()).contains("IllegalStateException: broken");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("service.name").asText()).isEqualTo("healer");
        assertThat(line.path("deployment.environment.name").asText()).isEqualTo("dev");
        assertThat(line.path("xray_trace_id").asText()).isEqualTo("1-4bf92f35-77b34da6a3ce929d0e0e4736");
    }

    private String encoded(String message, @Nullable Throwable failure) {
        LoggingEvent event = new LoggingEvent("", context.getLogger("test"), Level.WARN, message, failure, null);
        event.addKeyValuePair(new KeyValuePair("incident", "one"));
        event.addKeyValuePair(new KeyValuePair("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
