package io.selfheal.healer.rehearsal;

import io.selfheal.healer.decide.Decision;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an incident is looked at again without any signal. The healer looks every half second to five; where nothing changed
 * a replay looks ever more rarely, but never past a moment at which something of its own is due.
 */
final class Looks {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_WITH_A_HUMAN = Duration.ofHours(1);

    private Duration pause = SHORTEST;
    private long current;

    boolean isCurrent(long number) {
        return number == current;
    }

    void none() {
        current = 0;
        pause = SHORTEST;
    }

    void first(long number) {
        current = number;
        pause = SHORTEST;
    }

    void again(long number) {
        current = number;
    }

    Instant next(Incident incident, Decision decision, Rules rules, boolean changed, Instant now) {
        boolean human = incident.state() instanceof IncidentState.Escalated;
        pause = changed ? SHORTEST : shorter(pause.plus(pause), human ? LONGEST_WITH_A_HUMAN : LONGEST);
        Instant patient = now.plus(pause);
        Instant asked = until(decision).orElse(now);
        Instant next = asked.isAfter(patient) ? asked : patient;
        return due(incident, rules)
                .filter(at -> at.isAfter(now))
                .filter(next::isAfter)
                .min(Comparator.naturalOrder())
                .orElse(next);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Optional<Instant> until(Decision decision) {
        return switch (decision) {
            case Decision.Wait wait -> Optional.of(wait.until());
            case Decision.Ask ask -> Optional.of(ask.expiresAt());
            case Decision.Suppress suppress -> Optional.of(suppress.retryAt());
            case Decision.Act _, Decision.Verify _, Decision.Resolve _, Decision.Escalate _ -> Optional.empty();
        };
    }

    private static Stream<Instant> due(Incident incident, Rules rules) {
        Stream<Instant> deadline = incident.state() instanceof IncidentState.Verifying verifying
                ? Stream.of(verifying.deadline())
                : Stream.empty();
        Stream<Instant> patience =
                incident.held().stream().map(held -> held.since().plus(rules.patience()));
        Stream<Instant> measures = incident.measures().stream().map(Measure::dueAt);
        return Stream.concat(deadline, Stream.concat(patience, measures));
    }
}
