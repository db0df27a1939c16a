package io.selfheal.infra.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.infra.iam.Evaluation.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge is judged first. */
class EvaluationTest {
    private static final String TAGGED = """
            {"Effect": "Allow", "Action": "ecs:Stop*", "Resource": ["arn:aws:ecs:r:1:task/c/*"],
             "Condition": {"StringEquals": {"aws:ResourceTag/heal": ["yes", "enabled"]}, "ArnEquals": {"ecs:cluster": "arn:c"}}}
            """;

    @Test
    void givenAllIsAsWanted_thenItIsAllowed() {
        assertThat(judge(TAGGED, "ecs:StopTask", "arn:aws:ecs:r:1:task/c/1", "enabled"))
                .isTrue();
        assertThat(judge(TAGGED, "ECS:stoptask", "arn:aws:ecs:r:1:task/c/1", "yes"))
                .isTrue();
    }

    @Test
    void givenAnythingIsOtherwise_thenItIsNot() {
        assertThat(judge(TAGGED, "ecs:RunTask", "arn:aws:ecs:r:1:task/c/1", "enabled"))
                .isFalse();
        assertThat(judge(TAGGED, "ecs:StopTask", "arn:aws:ecs:r:1:task/d/1", "enabled"))
                .isFalse();
        assertThat(judge(TAGGED, "ecs:StopTask", "arn:aws:ecs:r:1:task/c/1", "no"))
                .isFalse();
        assertThat(new Evaluation(List.of(json(TAGGED)))
                        .allows(new Call("ecs:StopTask", "arn:aws:ecs:r:1:task/c/1", Map.of())))
                .as("a key that is not there")
                .isFalse();
        assertThat(new Evaluation(List.of()).allows(new Call("a:B", "c", Map.of())))
                .isFalse();
    }

    @Test
    void givenADeny_thenNoAllowHelps() {
        String deny = "{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}";
        assertThat(new Evaluation(List.of(json(TAGGED), json(deny)))
                        .allows(call("ecs:StopTask", "arn:aws:ecs:r:1:task/c/1", "enabled")))
                .isFalse();
    }

    @Test
    void givenWhatItDoesNotKnow_thenItDoesNotGuess() {
        String unknown = """
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}
                """;
        assertThatThrownBy(() -> judge(unknown, "ecs:StopTask", "x", "enabled"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean judge(String statement, String action, String resource, String tag) {
        return new Evaluation(List.of(json(statement))).allows(call(action, resource, tag));
    }

    private static Call call(String action, String resource, String tag) {
        return new Call(action, resource, Map.of("aws:ResourceTag/heal", tag, "ecs:cluster", "arn:c"));
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
