package io.selfheal.healer.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what the engine could not do, each kind of it at most once a minute and with its count: a store that is away for an
 * hour fails twice a second. */
@Singleton
final class TroubleLog implements HistoryListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.selfheal.healer.trouble");
    private static final Duration QUIET = Duration.ofMinutes(1);
    /** What fails may be named after an incident; so many names are kept, then all are forgotten. */
    private static final int MOST = 200;

    private record Said(Instant at, long count) {}

    private final InstantSource clock;
    private final Counter troubles;
    private final Map<String, Said> said = new HashMap<>();

    TroubleLog(InstantSource clock, MeterRegistry registry) {
        this.clock = clock;
        this.troubles = Counter.builder("healer.troubles")
                .description("What the engine could not do and went on without")
                .register(registry);
    }

    @Override
    public void onHistory(Incident incident, List<HistoryEntry> entries) {}

    @Override
    public synchronized void onTrouble(String doing, RuntimeException failure) {
        troubles.increment();
        Instant now = clock.instant();
        Said before = said.get(doing);
        if (before != null && now.isBefore(before.at().plus(QUIET))) {
            said.put(doing, new Said(before.at(), before.count() + 1));
            return;
        }
        if (said.size() >= MOST) {
            said.clear();
        }
        said.put(doing, new Said(now, 0));
        long more = before == null ? 0 : before.count();
        LOG.warn(
                "{} failed{}: {}", doing, more == 0 ? "" : " (and " + more + " times more before)", failure.toString());
        LOG.debug("{} failed", doing, failure);
    }
}
