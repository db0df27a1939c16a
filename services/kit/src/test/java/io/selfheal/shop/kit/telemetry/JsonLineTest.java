package io.selfheal.shop.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.selfheal.shop.kit.testkit.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLineTest {

    private final LoggerContext context = new LoggerContext();
    private final JsonLine encoder = new JsonLine();

    JsonLineTest() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        encoder.setServiceName("order");
        encoder.start();
    }

    private Map<String, Object> encode(String message, Throwable thrown, KeyValuePair... details) {
        LoggingEvent event =
                new LoggingEvent("fqcn", context.getLogger("a.Logger"), Level.WARN, message, thrown, new Object[0]);
        for (KeyValuePair detail : details) {
            event.addKeyValuePair(detail);
        }
        String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("}\n");
        assertThat(text.strip().lines()).hasSize(1);
        return Answer.parse(text);
    }

    @Test
    void givenAThrowable_whenEncoded_thenItsStackTraceIsInTheSameLine() {
        Map<String, Object> line = encode("broken", new IllegalStateException("why\nthen"));

        assertThat(line).containsEntry("message", "broken").containsEntry("service.name", "order");
        assertThat(String.valueOf(line.get("exception"))).contains("IllegalStateException: why", "JsonLineTest");
        assertThat(line).doesNotContainKey("trace_id");
    }

    @Test
    void givenDetails_whenEncoded_thenTheyAreFields() {
        assertThat(encode("m", new IllegalStateException(), new KeyValuePair("order", 7)))
                .containsEntry("order", "7");
    }

    @Test
    void givenAnyText_whenEncoded_thenItIsReadBackUnchanged() {
        Random random = new Random(20261121);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, 0x3000).forEach(c -> text.append((char) c));
            assertThat(encode(text.toString(), new IllegalStateException())).containsEntry("message", text.toString());
        }
    }
}
