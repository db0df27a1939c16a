package io.selfheal.healer.simulation;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.time.InstantSource;

/** One healer's way to the metrics: now and then a part of them, or all, does not come in time. */
final class EvidenceLink implements EvidenceSource {
    private static final String LATE = "no answer in time";

    private final World world;
    private final Hazards hazards;
    private final Oracle.Witness witness;
    private final InstantSource clock;

    EvidenceLink(World world, Hazards hazards, Oracle.Witness witness, InstantSource clock) {
        this.world = world;
        this.hazards = hazards;
        this.witness = witness;
        this.clock = clock;
    }

    @Override
    public Evidence gather(ServiceId service) {
        Instant askedAt = clock.instant();
        hazards.pass("evidence");
        Evidence evidence = world.evidenceDownUntil > world.timeline.now() ? Evidence.unknown(LATE) : some(service);
        witness.told().evidence(service, evidence, askedAt);
        world.story.tell(witness.healer(), () -> "measures of " + service.service() + " " + evidence);
        hazards.pass("evidence gathered");
        return evidence;
    }

    private Evidence some(ServiceId service) {
        Evidence all = world.evidence.of(service);
        return new Evidence(
                maybe(all.vitals()),
                maybe(all.calls()),
                maybe(all.retryShare()),
                maybe(all.releases()),
                all.stops(),
                all.logs(),
                all.traces());
    }

    private <T> Fact<T> maybe(Fact<T> fact) {
        return world.chance.hits(world.weather.evidenceTrouble()) ? new Fact.Unknown<>(LATE) : fact;
    }
}
