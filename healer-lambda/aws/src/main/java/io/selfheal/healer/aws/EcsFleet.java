package io.selfheal.healer.aws;

import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The fleet as one ECS cluster. Whatever ECS does, each call ends within {@link EcsSettings#callTimeout()}, and a look
 * that has to wait for others within that of each round of a hundred before it.
 */
public final class EcsFleet implements Fleet, AutoCloseable {
    private final InstantSource clock;
    private final Bounded bounded;
    private final EcsClients clients;
    private final EcsPace pace;
    private final EcsReading reading;
    private final EcsLooks looks;
    private final EcsActions actions;
    private final EcsEvidence evidence;
    private final EcsLogs logs;

    /** Sends nothing yet; credentials come from the SDK's default chain. */
    public EcsFleet(EcsSettings settings, InstantSource clock) {
        this(settings, clock, EcsClients.http(settings), EcsPace.Ticks.REAL);
    }

    EcsFleet(EcsSettings settings, InstantSource clock, SdkHttpClient http, EcsPace.Ticks ticks) {
        this.clock = clock;
        this.pace = new EcsPace(ticks);
        this.bounded = new Bounded(settings.callTimeout());
        this.clients = new EcsClients(settings, http, pace);
        this.reading = new EcsReading(settings, clients.repeating(), bounded);
        this.looks = new EcsLooks(settings, reading, bounded, pace, clock);
        this.actions = new EcsActions(settings, clients, reading);
        this.evidence = new EcsEvidence(settings, clients.repeating(), bounded, reading, clock);
        this.logs = new EcsLogs(bounded, reading, new LogStreams(clients.repeating()), clients::cloudWatchLogs, clock);
    }

    @Override
    public Fact<List<ServiceId>> services() {
        return read("list services", () -> new EcsReading.Found<>(reading.services()));
    }

    @Override
    public Fact<ServiceState> describe(ServiceId service) {
        return look(service, false);
    }

    @Override
    public Fact<ServiceState> describeToAct(ServiceId service) {
        return look(service, true);
    }

    @Override
    public Instant earliest(Action action, Instant now) {
        return now.plus(pace.placeFor(action));
    }

    private Fact<ServiceState> look(ServiceId service, boolean hurry) {
        try {
            return looks.at(service, hurry);
        } catch (Exception failed) {
            keepInterrupt(failed);
            return new Fact.Unknown<>(Wording.of("describe " + service, failed));
        }
    }

    @Override
    public Outcome apply(Action action, String key) {
        try {
            return bounded.call(() -> actions.carryOut(action, key));
        } catch (Exception failed) {
            keepInterrupt(failed);
            return EcsActions.outcomeOf(action.kind().word() + " on " + action.service(), failed);
        }
    }

    /** What ECS keeps of a service beyond its tasks: deployments, and why tasks stopped. */
    public EvidenceSource evidence() {
        return evidence;
    }

    /** What its tasks logged, where their task definitions send it to CloudWatch Logs. */
    public EvidenceSource logs() {
        return logs;
    }

    @Override
    public void close() {
        bounded.close();
        clients.close();
    }

    private <T> Fact<T> read(String operation, Callable<EcsReading.Lookup<T>> work) {
        // The age of a fact counts from before it was asked for.
        Instant readAt = clock.instant();
        try {
            return switch (bounded.call(work)) {
                case EcsReading.Found<T>(T value) -> new Fact.Known<>(value, readAt);
                case EcsReading.NotFound<T>(String why) -> new Fact.Unknown<>(why);
            };
        } catch (Exception failed) {
            keepInterrupt(failed);
            return new Fact.Unknown<>(Wording.of(operation, failed));
        }
    }

    private static void keepInterrupt(Exception failed) {
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }
}
