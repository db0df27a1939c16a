package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.fleet.ServiceCount;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.watch.AlertView;
import io.selfheal.demo.watch.HealerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at one run from outside, again and again. */
final class Lookout {

    private final Stage stage;
    private final Audience audience;
    private final AlertView alerts;
    private final HealerView healer;
    private final Set<String> stoppedBefore;
    private final Map<String, String> wantedBefore;

    /** Just before the injection. */
    Lookout(Stage stage, Audience audience, AlertView alerts, HealerView healer) {
        this.stage = stage;
        this.audience = audience;
        this.alerts = alerts;
        this.healer = healer;
        this.stoppedBefore =
                stage.fleet().stopped().stream().map(StoppedTask::arn).collect(Collectors.toSet());
        this.wantedBefore = wanted();
    }

    Sight look(Instant injectedAt) {
        List<StoppedTask> stopped = new ArrayList<>();
        boolean asBefore = false;
        try {
            stage.fleet().stopped().stream()
                    .filter(task -> !stoppedBefore.contains(task.arn()))
                    .forEach(stopped::add);
            asBefore = wanted().equals(wantedBefore);
        } catch (EcsFailed e) {
            // Seen again at the next look; if ECS is gone for good, the registry of children says so.
            audience.waits(stage.clock().instant(), String.valueOf(e.getMessage()));
        }
        return new Sight(
                injectedAt,
                stage.clock().instant(),
                stage.prober().since(injectedAt),
                stage.loadLog().sentSince(injectedAt),
                // A task that is long gone still fires, until its last samples leave the rules' windows.
                alerts.firing().stream()
                        .filter(alert -> !stoppedBefore.contains(alert.task()))
                        .toList(),
                healer.since(injectedAt),
                stopped,
                asBefore);
    }

    /** By service: how many tasks of which revision. */
    private Map<String, String> wanted() {
        return stage.fleet().counts().stream()
                .collect(Collectors.toMap(ServiceCount::service, count -> count.desired() + " of " + count.revision()));
    }
}
