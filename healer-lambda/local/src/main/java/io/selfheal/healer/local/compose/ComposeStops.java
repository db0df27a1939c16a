package io.selfheal.healer.local.compose;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.evidence.Stop;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.local.compose.Project.NoSuchService;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the last runs of a service's containers ended. The engine keeps of each container the end of one run, and that only
 * until the next begins: of one that runs again there is left that, when and how often.
 */
final class ComposeStops implements EvidenceSource {
    private final ComposeSettings settings;
    private final Project project;
    private final Deadline deadline;
    private final InstantSource clock;

    ComposeStops(ComposeSettings settings, Project project, Deadline deadline, InstantSource clock) {
        this.settings = settings;
        this.project = project;
        this.deadline = deadline;
        this.clock = clock;
    }

    @Override
    public Evidence gather(ServiceId service) {
        Evidence none = Evidence.untold();
        return new Evidence(
                none.vitals(),
                none.calls(),
                none.retryShare(),
                none.releases(),
                stops(service),
                none.logs(),
                none.traces());
    }

    private Fact<List<Stop>> stops(ServiceId service) {
        Instant readAt = clock.instant();
        try {
            return new Fact.Known<>(deadline.read(settings.readTimeout(), () -> read(service)), readAt);
        } catch (NoSuchService none) {
            return new Fact.Unknown<>(String.valueOf(none.getMessage()));
        } catch (Exception failed) {
            ComposeFleet.keepInterrupt(failed);
            return new Fact.Unknown<>(ComposeFleet.wording("how containers of " + service + " ended", failed));
        }
    }

    private List<Stop> read(ServiceId service) throws IOException, NoSuchService {
        List<Stop> stops = new ArrayList<>();
        for (Container container : project.containers(service)) {
            container.finishedAt().ifPresent(at -> stops.add(stop(container, at)));
        }
        return stops.stream().sorted(Comparator.comparing(Stop::at).reversed()).toList();
    }

    private static Stop stop(Container container, Instant at) {
        JsonNode state = container.document().path("State");
        boolean over = !state.path("Status").asText().equals("running");
        int restarts = container.document().path("RestartCount").asInt();
        String code =
                state.path("OOMKilled").asBoolean() ? "OutOfMemory" : over ? "ContainerExited" : "ContainerRestarted";
        String error = state.path("Error").asText();
        return new Stop(
                over ? container.task() : container.earlier(),
                container.revision(),
                code,
                (error.isEmpty() ? "" : error + "; ") + "the engine restarted it by itself " + restarts + " times",
                over ? Optional.of(state.path("ExitCode").asInt()) : Optional.empty(),
                at);
    }
}
