package io.selfheal.shop.kit.mode;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.selfheal.shop.kit.client.CallSwitch;
import io.selfheal.shop.kit.client.DependencyNames;
import io.selfheal.shop.kit.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Works without some other service, as the service itself says that it can: calls to it are not even tried. */
@Singleton
@Requires(bean = ModesEnabled.class)
final class Degraded implements Mode, CallSwitch {

    private static final String DEPENDENCY = "dependency";

    private final List<String> known;
    private final Clock clock;
    private final Map<String, Instant> offUntil = new ConcurrentHashMap<>();
    private volatile @Nullable Order order;

    /** What was asked for last. */
    private record Order(List<String> dependencies, String reason, Instant until) {}

    Degraded(DependencyNames names, Clock clock, MeterRegistry registry) {
        this.known = List.copyOf(names.names());
        this.clock = clock;
        Gauge.builder("shop.mode", this, mode -> mode.active() ? 1 : 0)
                .tag("mode", name())
                .description("1 while the instance works in this mode")
                .register(registry);
    }

    @Override
    public String name() {
        return "degraded";
    }

    @Override
    public synchronized void begin(ModeRequest request) {
        if (known.isEmpty()) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "nothing-to-degrade",
                    "This service calls no other one: there is nothing that it could do without");
        }
        request.knowsOnly(DEPENDENCY);
        List<String> dependencies = request.setting(DEPENDENCY).map(this::one).orElse(known);
        Instant until = clock.instant().plus(request.ttl());
        dependencies.forEach(name -> offUntil.put(name, until));
        known.stream().filter(name -> !dependencies.contains(name)).forEach(this::on);
        order = new Order(dependencies, request.reason(), until);
    }

    private List<String> one(Object dependency) {
        if (dependency instanceof String name && known.contains(name)) {
            return List.of(name);
        }
        throw new IllegalArgumentException("'dependency' is '" + dependency + "', not one of " + known);
    }

    @Override
    public synchronized void end() {
        known.forEach(this::on);
        order = null;
    }

    private void on(String dependency) {
        Instant now = clock.instant();
        offUntil.computeIfPresent(dependency, (name, until) -> until.isAfter(now) ? now : until);
    }

    @Override
    public boolean active() {
        Order current = order;
        return current != null && current.until().isAfter(clock.instant());
    }

    @Override
    public Instant offUntil(String dependency) {
        return offUntil.getOrDefault(dependency, Instant.EPOCH);
    }

    @Override
    public ModeView view() {
        Order current = order;
        if (current == null || !current.until().isAfter(clock.instant())) {
            return ModeView.inactive(name());
        }
        return new ModeView(
                name(), true, current.reason(), current.until(), Map.of("dependencies", current.dependencies()));
    }
}
