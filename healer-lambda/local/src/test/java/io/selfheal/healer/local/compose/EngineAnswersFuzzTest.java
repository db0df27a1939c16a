package io.selfheal.healer.local.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the engine says of a container is a task, or no exception that stops the healer from seeing the others. */
class EngineAnswersFuzzTest {

    static Stream<Arguments> seeds() {
        return Stream.of("""
                {"Id":"0123456789abcdef","Name":"/selfheal-order-1","Image":"sha256:0123456789","RestartCount":2,
                "Config":{"Hostname":"0123456789ab","Labels":{"com.docker.compose.project":"selfheal","com.docker.compose.service":"order",
                "com.docker.compose.container-number":"1","com.docker.compose.config-hash":"abcdef0123","selfheal.heal":"true"},
                "ExposedPorts":{"8080/tcp":{}}},
                "State":{"Status":"running","StartedAt":"2026-05-01T10:00:00.123456789Z","FinishedAt":"0001-01-01T00:00:00Z",
                "Health":{"Status":"healthy"}},"HostConfig":{"PortBindings":{"8080/tcp":[{"HostPort":""}]}},
                "NetworkSettings":{"Networks":{"selfheal_default":{"IPAddress":"172.18.0.2","Aliases":["order","0123456789ab"]}}}}""", """
                {"Id":"a","State":{"Status":"exited","StartedAt":"soon","FinishedAt":"2026-05-01T10:00:00Z"},
                "Config":{"Labels":{"selfheal.port":"99999"},"ExposedPorts":{"x/tcp":{}}},
                "NetworkSettings":{"Networks":{"n":{"IPAddress":"not an address"}}}}""", "{}", "[]")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void aContainerIsATaskWhateverIsSaidOfIt(byte[] body) throws IOException {
        Container container;
        try {
            container = new Container(JsonTrees.read(new String(body, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException notJson) {
            return;
        }
        assertThat(container.asTask(true).id()).isEqualTo(container.task());
        assertThat(container.ranAs(container.earlier())).isTrue();
        assertThat(container.finishedAt().toString()).isNotBlank();
        Sibling sibling = new Sibling(container, 7, "key");
        if (sibling.impossible().isEmpty()) {
            assertThat(sibling.name()).endsWith("7");
        }
    }
}
