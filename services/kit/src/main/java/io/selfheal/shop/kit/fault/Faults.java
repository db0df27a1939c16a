package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which faults there are and which are active. Its timer is its own: a fault must end in time whatever else is starved. */
@Singleton
@Requires(bean = FaultsEnabled.class)
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final String TTL = "ttl";
    private static final Duration LONGEST_TTL = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Fault> known = new TreeMap<>();
    private final Map<String, Activation> active = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fault-expiry").factory());

    Faults(Collection<Fault> faults, Clock clock) {
        this.clock = clock;
        faults.forEach(fault -> known.put(fault.name(), fault));
    }

    synchronized List<FaultView> all() {
        return known.values().stream().map(this::view).toList();
    }

    /** Empty when there is no such fault; {@link IllegalArgumentException} when a parameter is wrong. */
    synchronized Optional<FaultView> start(String name, Map<String, String> given) {
        Fault fault = known.get(name);
        if (fault == null) {
            return Optional.empty();
        }
        Map<String, String> texts = new HashMap<>(given);
        String ttlText = texts.remove(TTL);
        Duration ttl = ttlText == null ? null : Parameter.parseDuration(TTL, ttlText, LONGEST_TTL);
        Parameters parameters = Parameters.parse(fault.parameters(), texts);
        stop(name);
        fault.start(parameters);
        active.put(name, activation(name, parameters, ttl));
        LOG.atWarn().addKeyValue("fault", name).log("Fault started: {} {}", name, parameters.shown());
        return Optional.of(view(fault));
    }

    /** False when there is no such fault; stopping one that is not active does nothing. */
    synchronized boolean stop(String name) {
        Fault fault = known.get(name);
        if (fault == null) {
            return false;
        }
        Activation was = active.remove(name);
        if (was != null) {
            if (was.expiry() != null) {
                was.expiry().cancel(false);
            }
            fault.stop();
            LOG.atWarn().addKeyValue("fault", name).log("Fault ended: {}", name);
        }
        return true;
    }

    @PreDestroy
    synchronized void close() {
        timer.shutdownNow();
        List.copyOf(active.keySet()).forEach(this::stop);
    }

    private Activation activation(String name, Parameters parameters, @Nullable Duration ttl) {
        if (ttl == null) {
            return new Activation(parameters, null, null);
        }
        ScheduledFuture<?> expiry = timer.schedule(() -> stop(name), ttl.toMillis(), TimeUnit.MILLISECONDS);
        return new Activation(parameters, clock.instant().plus(ttl), expiry);
    }

    private FaultView view(Fault fault) {
        Activation activation = active.get(fault.name());
        List<FaultView.Accepts> accepts = fault.parameters().stream()
                .map(p -> new FaultView.Accepts(p.name(), p.standard(), p.description()))
                .toList();
        return new FaultView(
                fault.name(),
                fault.isFault() ? "fault" : "control",
                fault.symptom(),
                activation != null && !fault.isSpent(),
                activation == null ? Map.of() : activation.parameters().shown(),
                activation == null ? null : activation.expiresAt(),
                accepts);
    }

    private record Activation(
            Parameters parameters,
            @Nullable Instant expiresAt,
            @Nullable ScheduledFuture<?> expiry) {}
}
