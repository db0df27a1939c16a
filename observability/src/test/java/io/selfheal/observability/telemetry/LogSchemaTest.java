package io.selfheal.observability.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.observability.testkit.LogSchema;
import org.junit.jupiter.api.Test;

class LogSchemaTest {
    private static final String LINE = "{\"timestamp\":\"2026-11-22T12:00:00.5Z\",\"level\":\"INFO\",\"logger\":\"a\","
            + "\"message\":\"m\",\"service.name\":\"order\",\"deployment.environment.name\":\"dev\"%s}";

    private final LogSchema schema = new LogSchema();

    @Test
    void givenALineAsItOughtToBe_thenThereIsNothingToSay() {
        assertThat(schema.problems(LINE.formatted("") + "\n" + LINE.formatted(",\"order\":\"7\"")))
                .isEmpty();
    }

    @Test
    void givenALineThatIsNot_thenItIsNamed() {
        assertThat(schema.problems("plain text")).containsExactly("no JSON object: plain text");
        assertThat(schema.problems(LINE.formatted(",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"")))
                .anyMatch(problem -> problem.contains("span_id"));
        assertThat(schema.problems(LINE.formatted(",\"count\":3"))).isNotEmpty();
        assertThat(schema.problems(LINE.formatted("").replace("INFO", "LOUD"))).isNotEmpty();
        assertThat(schema.problems(LINE.formatted("").replace("\"message\":\"m\",", "")))
                .isNotEmpty();
    }
}
