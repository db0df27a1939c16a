package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.policy.FlapBreaker;
import io.selfheal.healer.policy.StormBreaker;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The openings of a replay's incidents as a store would list them: made anew only when one came, ended or became too old. */
final class ModelOpenings {
    private final StormBreaker storm;
    private final FlapBreaker flap;
    private final Map<ServiceId, Map<IncidentId, Opening>> own = new HashMap<>();
    private final Map<IncidentId, Opening> openings = new LinkedHashMap<>();
    private List<Opening> newestFirst = List.of();
    private Instant goodUntil = Instant.MIN;

    ModelOpenings(StormBreaker storm, FlapBreaker flap) {
        this.storm = storm;
        this.flap = flap;
    }

    void wrote(Incident incident, Instant now) {
        Optional<Instant> overAt = incident.state().over() ? Optional.of(now) : Optional.empty();
        Opening opening = new Opening(incident.service(), incident.detectedAt(), overAt);
        if (!opening.equals(openings.put(incident.id(), opening))) {
            goodUntil = Instant.MIN;
            own.computeIfAbsent(incident.service(), _ -> new LinkedHashMap<>()).put(incident.id(), opening);
        }
    }

    /** Those of all services that tell a storm, and of this one those that tell whether it flaps. */
    List<Opening> at(ServiceId service, Instant now) {
        Map<IncidentId, Opening> ofIt = own.getOrDefault(service, Map.of());
        Instant oldest = now.minus(flap.lookback());
        ofIt.values()
                .removeIf(opening -> opening.overAt().filter(oldest::isAfter).isPresent());
        Set<Opening> all = new LinkedHashSet<>(at(now));
        all.addAll(ofIt.values());
        return List.copyOf(all);
    }

    private List<Opening> at(Instant now) {
        if (now.isAfter(goodUntil)) {
            listAnew(now);
        }
        return newestFirst;
    }

    private void listAnew(Instant now) {
        Instant oldest = now.minus(storm.lookback());
        openings.values()
                .removeIf(
                        opening -> opening.overAt().isPresent() && opening.at().isBefore(oldest));
        newestFirst = openings.values().stream()
                .sorted(Comparator.comparing(Opening::at).reversed())
                .limit(storm.enough())
                .toList();
        goodUntil = openings.values().stream()
                .filter(opening -> opening.overAt().isPresent())
                .map(opening -> opening.at().plus(storm.lookback()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }
}
