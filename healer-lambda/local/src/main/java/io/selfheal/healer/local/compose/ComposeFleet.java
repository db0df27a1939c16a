package io.selfheal.healer.local.compose;

import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.local.compose.Project.NoSuchService;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The fleet as the containers of one docker compose project that opted in by a label. It never looks at, let alone touches, a
 * container of another project or of none.
 */
public final class ComposeFleet implements Fleet, AutoCloseable {
    private static final int LONGEST = 300;

    private final ComposeSettings settings;
    private final InstantSource clock;
    private final Deadline deadline = new Deadline();
    private final EngineApi engine;
    private final Project project;
    private final ComposeActions actions;

    private ComposeFleet(ComposeSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.engine = new EngineApi(settings);
        this.project = new Project(settings, engine);
        this.actions = new ComposeActions(engine, project);
    }

    /** Throws {@link IllegalStateException}, for the operator to read, where no engine answers at all. */
    public static ComposeFleet open(ComposeSettings settings, InstantSource clock) {
        EngineSocket.require(settings.engine());
        ComposeFleet fleet = new ComposeFleet(settings, clock);
        if (fleet.services() instanceof Fact.Unknown<List<ServiceId>>(String why)) {
            fleet.close();
            throw new IllegalStateException("the engine at " + settings.engine() + " does not answer: " + why);
        }
        return fleet;
    }

    @Override
    public Fact<List<ServiceId>> services() {
        return read("list containers of " + settings.project(), project::services);
    }

    @Override
    public Fact<ServiceState> describe(ServiceId service) {
        return read("describe " + service, () -> project.describe(service));
    }

    @Override
    public Outcome apply(Action action, String key) {
        String operation = action.kind().word() + " on " + action.service();
        try {
            return deadline.act(settings.actionTimeout(), () -> actions.carryOut(action, key));
        } catch (NoSuchService none) {
            return new Outcome.Refused(String.valueOf(none.getMessage()));
        } catch (EngineException answer) {
            String why = brief(operation + ": " + answer.getMessage());
            return answer.saidNo() ? new Outcome.Refused(why) : new Outcome.Failed(why);
        } catch (Exception failed) {
            keepInterrupt(failed);
            return new Outcome.Failed(wording(operation, failed));
        }
    }

    /** How its containers ended lately, as far as the engine remembers. */
    public EvidenceSource evidence() {
        return new ComposeStops(settings, project, deadline, clock);
    }

    @Override
    public void close() {
        deadline.close();
        try {
            engine.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing the connections to the engine", e);
        }
    }

    private <T> Fact<T> read(String operation, Callable<T> work) {
        // The age of a fact counts from before it was asked for.
        Instant readAt = clock.instant();
        try {
            return new Fact.Known<>(deadline.read(settings.readTimeout(), work), readAt);
        } catch (NoSuchService none) {
            return new Fact.Unknown<>(String.valueOf(none.getMessage()));
        } catch (Exception failed) {
            keepInterrupt(failed);
            return new Fact.Unknown<>(wording(operation, failed));
        }
    }

    static String wording(String operation, Exception failed) {
        return brief(operation + ": " + failed.getClass().getSimpleName() + ": " + failed.getMessage());
    }

    private static String brief(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    static void keepInterrupt(Exception failed) {
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }
}
