package io.selfheal.healer.decide;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.evidence.Calls;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState.Deployment;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Guardrails about what goes on around the service: what a human decided, what the fleet is doing, how other services are. */
final class SurroundingsChecks {

    private SurroundingsChecks() {}

    static Optional<Refusal> notPaused(Proposal proposal, Instant now) {
        return switch (proposal.diagnosis().situation().pauses()) {
            case Fact.Unknown<List<Pause>>(String why) ->
                Refusal.because(Reason.FACTS_UNKNOWN, Refusal.soon(now), "pauses: " + why);
            case Fact.Known<List<Pause>>(List<Pause> pauses, Instant _) ->
                pauses.stream()
                        .filter(pause -> pause.covers(proposal.action().service(), now))
                        .findFirst()
                        .flatMap(pause -> Refusal.because(
                                Reason.PAUSED,
                                earlier(pause.until(), Refusal.soon(now)),
                                "paused by " + pause.owner() + " until " + pause.until() + ": " + pause.reason()));
        };
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** What was done before may still be undone in a storm; nothing new is begun. */
    static Optional<Refusal> noStorm(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        return switch (proposal.diagnosis().storm().rearm()) {
            case AUTO -> noStorm(proposal, StormLatch.NONE, now);
            case HUMAN ->
                switch (proposal.diagnosis().situation().instructions().storm()) {
                    case Fact.Unknown<StormLatch>(String why) ->
                        Refusal.because(Reason.FACTS_UNKNOWN, Refusal.soon(now), "storm: " + why);
                    case Fact.Known<StormLatch>(StormLatch latch, Instant _) ->
                        latch.standing()
                                .map(storm -> Refusal.because(
                                        Reason.STORM,
                                        Refusal.soon(now),
                                        storm.what() + ", seen at " + storm.since()
                                                + "; nothing is done until a person re-arms (POST /rearm)"))
                                .orElseGet(() -> noStorm(proposal, latch, now));
                };
        };
    }

    private static Optional<Refusal> noStorm(Proposal proposal, StormLatch latch, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        return readingOpenings(proposal, now, openings -> Storming.until(
                        diagnosis.storm(), latch, diagnosis.incident(), openings, now)
                .flatMap(until -> Refusal.because(
                        Reason.STORM,
                        until,
                        "services fell ill together; nothing is done before " + until + ", or later if more do")));
    }

    static Optional<Refusal> notFlapping(Proposal proposal, Instant now) {
        if (proposal.action().reverts()) {
            return Optional.empty();
        }
        Diagnosis diagnosis = proposal.diagnosis();
        ServiceId service = proposal.action().service();
        return readingOpenings(proposal, now, openings -> {
            List<Instant> flips = new ArrayList<>();
            // An incident that is just being opened is not in the store yet.
            flips.add(diagnosis.incident().detectedAt());
            openings.stream()
                    .filter(opening -> opening.service().equals(service))
                    .forEach(opening -> {
                        flips.add(opening.at());
                        opening.overAt().ifPresent(flips::add);
                    });
            return diagnosis
                    .flap()
                    .until(flips, now)
                    .flatMap(until -> Refusal.because(
                            Reason.FLAPPING,
                            until,
                            "it fell ill and recovered again and again; nothing is done before " + until
                                    + ", or later if it goes on"));
        });
    }

    static Optional<Refusal> noDeploymentInProgress(Proposal proposal, Instant now) {
        Optional<Deployment> deployment = proposal.diagnosis().state().deployment();
        // To roll back a deployment is to end it.
        return deployment
                .filter(going -> !(proposal.action() instanceof Action.RollBack back
                        && back.bad().equals(going.revision())))
                .flatMap(going -> Refusal.because(
                        Reason.DEPLOYMENT_IN_PROGRESS,
                        Refusal.soon(now),
                        "deployment " + going.id() + " of " + going.revision() + " is " + going.rolloutState()));
    }

    /**
     * A sick callee makes its callers fail, which a restart of theirs does not mend; and their alerts end later than its own.
     * A single task that the probe itself finds sick among healthy ones is sick by itself: a callee would make all of them so.
     */
    static Optional<Refusal> calleesWell(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        if (!proposal.restsOnAlertsAlone()) {
            return Optional.empty();
        }
        return readingOpenings(proposal, now, _ -> sickCallee(diagnosis, now)
                .flatMap(callee -> Refusal.because(Reason.CALLEE_SICK, Refusal.soon(now), callee.detail())));
    }

    /** A callee whose trouble explains the incident, and how that is known. */
    record SickCallee(ServiceId service, String detail) {}

    /** As its incidents tell; or, before it has one, the calls that fail. */
    static Optional<SickCallee> sickCallee(Diagnosis diagnosis, Instant now) {
        List<Opening> openings =
                diagnosis.situation().openings() instanceof Fact.Known<List<Opening>>(List<Opening> known, Instant _)
                        ? known
                        : List.of();
        return openings.stream()
                .filter(opening -> diagnosis.callees().contains(opening.service()))
                .filter(opening -> opening.overAt()
                        .map(over -> explains(over, diagnosis, now))
                        .orElse(true))
                .findFirst()
                .map(opening -> new SickCallee(
                        opening.service(),
                        "it calls " + opening.service().service() + ", which "
                                + (opening.overAt().isPresent() ? "was sick a moment ago" : "is sick")))
                .or(() -> failingCallee(diagnosis));
    }

    private static Optional<SickCallee> failingCallee(Diagnosis diagnosis) {
        if (!(diagnosis.situation().evidence().calls()
                instanceof Fact.Known<Map<String, Calls>>(var calls, Instant _))) {
            return Optional.empty();
        }
        return diagnosis.callees().stream()
                .filter(callee -> Optional.ofNullable(calls.get(callee.service()))
                        .filter(Calls::failing)
                        .isPresent())
                .sorted()
                .findFirst()
                .map(callee -> new SickCallee(callee, "its calls to " + callee.service() + " fail"));
    }

    /**
     * An alert with a long window, or one that another alert kept from being sent, may come, or still stand, when what it is about is
     * healed. It ends by itself then; one that began after that is another trouble, and so is what the probe itself sees.
     */
    static Optional<Refusal> nothingLeftOver(Proposal proposal, Instant now) {
        Diagnosis diagnosis = proposal.diagnosis();
        if (!proposal.restsOnAlertsAlone()) {
            return Optional.empty();
        }
        return readingOpenings(proposal, now, openings -> openings.stream()
                .filter(opening -> opening.service().equals(proposal.action().service()))
                .flatMap(opening -> opening.overAt().stream())
                .filter(over -> explains(over, diagnosis, now))
                .findFirst()
                .flatMap(over -> Refusal.because(
                        Reason.LEFT_OVER,
                        over.plus(diagnosis.together()),
                        "what it complains about was healed at " + over + ", and it began before that")));
    }

    /** Trouble that is over explains alerts for a while that began before its end; one that began later is another trouble. */
    private static boolean explains(Instant over, Diagnosis diagnosis, Instant now) {
        return over.plus(diagnosis.together()).isAfter(now)
                && diagnosis.standing().stream()
                        .noneMatch(alert -> alert.startsAt().isAfter(over));
    }

    private static Optional<Refusal> readingOpenings(
            Proposal proposal, Instant now, Function<List<Opening>, Optional<Refusal>> check) {
        return switch (proposal.diagnosis().situation().openings()) {
            case Fact.Unknown<List<Opening>>(String why) ->
                Refusal.because(Reason.FACTS_UNKNOWN, Refusal.soon(now), "other incidents: " + why);
            case Fact.Known<List<Opening>>(List<Opening> openings, Instant _) -> check.apply(openings);
        };
    }
}
