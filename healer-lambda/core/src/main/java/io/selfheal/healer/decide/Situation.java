package io.selfheal.healer.decide;

import io.selfheal.healer.control.Instructions;
import io.selfheal.healer.control.Pause;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a decision may know of the world.
 *
 * @param service the service as its fleet reports it
 * @param health what the probe of each task said; no entry: not probed
 * @param seenReady tasks that this process has seen ready; a task that never was is given time to start
 * @param wellSince since when the service has been observed well without a break; empty when it is not, or nobody watched
 * @param pauses in force
 * @param instructions of people besides
 * @param openings of incidents lately, over all services
 * @param ledger of actions lately claimed
 * @param evidence beyond the tasks and their health; gathered only once something is to be done
 * @param servedBadlyLately tasks that by what they served failed or were slow, now or a moment ago, as far as this process saw
 */
public record Situation(
        Fact<ServiceState> service,
        Map<TaskId, Fact<TaskHealth>> health,
        Set<TaskId> seenReady,
        Optional<Instant> wellSince,
        Fact<List<Pause>> pauses,
        Instructions instructions,
        Fact<List<Opening>> openings,
        Fact<Ledger> ledger,
        Evidence evidence,
        Set<TaskId> servedBadlyLately) {

    /** Before any evidence is gathered. */
    public Situation(
            Fact<ServiceState> service,
            Map<TaskId, Fact<TaskHealth>> health,
            Set<TaskId> seenReady,
            Optional<Instant> wellSince,
            Fact<List<Pause>> pauses,
            Instructions instructions,
            Fact<List<Opening>> openings,
            Fact<Ledger> ledger) {
        this(
                service,
                health,
                seenReady,
                wellSince,
                pauses,
                instructions,
                openings,
                ledger,
                Evidence.unknown("not gathered yet"),
                Set.of());
    }

    public Situation {
        health = Map.copyOf(health);
        seenReady = Set.copyOf(seenReady);
        servedBadlyLately = Set.copyOf(servedBadlyLately);
    }

    /** The same with another reading of the ledger. */
    public Situation with(Fact<Ledger> newLedger) {
        return new Situation(
                service,
                health,
                seenReady,
                wellSince,
                pauses,
                instructions,
                openings,
                newLedger,
                evidence,
                servedBadlyLately);
    }

    /** The same with other evidence. */
    public Situation with(Evidence newEvidence, Set<TaskId> nowServedBadlyLately) {
        return new Situation(
                service,
                health,
                seenReady,
                wellSince,
                pauses,
                instructions,
                openings,
                ledger,
                newEvidence,
                nowServedBadlyLately);
    }

    /** Nothing could be read, for the one reason given. */
    public static Situation unknown(String why) {
        return new Situation(
                new Fact.Unknown<>(why),
                Map.of(),
                Set.of(),
                Optional.empty(),
                new Fact.Unknown<>(why),
                Instructions.unknown(why),
                new Fact.Unknown<>(why),
                new Fact.Unknown<>(why),
                Evidence.unknown(why),
                Set.of());
    }
}
