package io.selfheal.healer.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import io.selfheal.healer.trace.IncidentSpans;
import io.selfheal.observability.telemetry.RegistryFile;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpanAttributesTest {

    @Test
    void givenAHealedIncident_thenItsSpansHaveTheAttributesOfTheRegistryAndNoOthers() {
        World world = new World();
        ServiceId order = world.fleet.service("order", 2);
        TaskId sick = world.fleet.tasksOf(order).getFirst();
        HealerBench healer = world.healer();
        healer.step();
        world.fleet.makeSick(sick);
        healer.run(Duration.ofMinutes(1));
        Incident incident = world.latest(order);

        Set<String> shown = IncidentSpans.of(incident, world.store.history(incident.id()), 0).stream()
                .flatMap(span -> span.attributes().keySet().stream())
                .collect(Collectors.toSet());

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        RegistryFile.ours().attributes().keySet());
    }
}
