package io.selfheal.healer.rehearsal;

import io.selfheal.healer.control.Instructions;
import io.selfheal.healer.decide.Decider;
import io.selfheal.healer.decide.Decision;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.decide.Situation;
import io.selfheal.healer.engine.Outcomes;
import io.selfheal.healer.engine.Step;
import io.selfheal.healer.engine.Steps;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Fold;
import io.selfheal.healer.incident.Fold.Folded;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A recorded history played through one policy file: the engine's own folding, deciding and steps on a modelled world, in
 * virtual time. Pure: the same signals, policies and model give the same result.
 */
final class Replay {
    /** How long the world goes on after the last signal, so that what was begun can end. */
    static final Duration AFTERMATH = Duration.ofHours(1);

    /** What happens to a service at a moment other than a recorded signal; a change of the world, or just a look. */
    private record Moment(Instant at, long number, ServiceId service, Optional<Runnable> change) {}

    private final Policies policies;
    private final int tasks;
    private final Rules rules = Rules.DEFAULT;
    private final Decider decider = new Decider(rules);
    private final Steps steps;
    private final Map<ServiceId, ModelService> world = new HashMap<>();
    private final Map<ServiceId, Incident> open = new HashMap<>();
    private final Map<ServiceId, Looks> looks = new HashMap<>();
    private final ModelLedger ledger;
    private final ModelOpenings openings;
    private final PriorityQueue<Moment> moments =
            new PriorityQueue<>(Comparator.comparing(Moment::at).thenComparing(Moment::number));
    private final Replayed result;
    private long numbers;

    private Replay(Policies policies, int tasks) {
        this.policies = policies;
        this.tasks = tasks;
        steps = new Steps(policies.label(), true);
        ledger = new ModelLedger(policies);
        openings = new ModelOpenings(policies.storm(), policies.flap());
        result = new Replayed(policies.label());
    }

    static Replayed of(List<RecordedSignal> signals, Policies policies, int tasks) {
        Replay replay = new Replay(policies, tasks);
        for (RecordedSignal recorded : signals) {
            replay.passUntil(recorded.at());
            replay.arrive(recorded);
        }
        replay.passUntil(signals.getLast().at().plus(AFTERMATH));
        return replay.result;
    }

    private void passUntil(Instant time) {
        while (!moments.isEmpty() && moments.peek().at().isBefore(time)) {
            Moment moment = moments.remove();
            if (moment.change().isPresent()) {
                moment.change().get().run();
                look(moment.service(), List.of(), moment.at());
            } else if (looks(moment.service()).isCurrent(moment.number())) {
                look(moment.service(), List.of(), moment.at());
            }
        }
    }

    private Looks looks(ServiceId service) {
        return looks.computeIfAbsent(service, _ -> new Looks());
    }

    private ModelService service(ServiceId id) {
        return world.computeIfAbsent(id, _ -> new ModelService(id, tasks));
    }

    private void arrive(RecordedSignal recorded) {
        ModelService service = service(recorded.signal().service());
        boolean happens =
                switch (recorded.signal()) {
                    case Signal.Firing(var alert) -> service.fires(alert, recorded.at());
                    case Signal.Resolved(var alert, Instant _) -> service.resolves(alert, recorded.at());
                    case Signal.FleetEvent _ -> true;
                };
        if (happens) {
            look(recorded.signal().service(), List.of(recorded.signal()), recorded.at());
        } else {
            result.moot();
        }
    }

    /** The engine's turn without a port: fold, decide, take the step. */
    private void look(ServiceId service, List<Signal> signals, Instant now) {
        Optional<Incident> stored = Optional.ofNullable(open.get(service));
        if (stored.isEmpty() && signals.stream().noneMatch(Signal.Firing.class::isInstance)) {
            return;
        }
        Incident before = stored.orElseGet(() -> Incident.open(IncidentId.of(now, ++numbers), service, now));
        Folded folded = Fold.signals(before, signals, now);
        boolean relapsed = before.state() instanceof IncidentState.Settling
                && folded.news().stream().anyMatch(news -> news.reason() == Reason.ALERT_FIRING);
        Incident incident = relapsed ? Steps.relapse(folded.incident()) : folded.incident();
        Decision decision = decider.decide(incident, policies, situation(service, now), now);
        if (stored.isEmpty() && decision instanceof Decision.Resolve) {
            result.moot();
            return;
        }
        if (stored.isEmpty()) {
            result.opened(service, before.id(), now);
        }
        Step step = steps.take(incident, decision, now);
        step.claimed().ifPresent(ledger::enter);
        Incident after = written(step, now);
        boolean changed = step.changed() || !folded.news().isEmpty();
        if (after.state() instanceof IncidentState.Acting acting
                && step.claimed().isPresent()) {
            carryOut(after, acting, now);
        } else if (after.state().over()) {
            looks(service).none();
        } else {
            again(after, decision, changed, now);
        }
    }

    private Incident written(Step step, Instant now) {
        Incident incident = step.incident().edit().updatedAt(now).done();
        if (incident.state().over()) {
            open.remove(incident.service());
        } else {
            open.put(incident.service(), incident);
        }
        openings.wrote(incident, now);
        result.wrote(incident, step.entries());
        return incident;
    }

    private void carryOut(Incident claimed, IncidentState.Acting acting, Instant now) {
        List<ModelService.Later> later = new ArrayList<>();
        ModelService service = service(claimed.service());
        Outcome outcome = service.apply(acting.action(), now, later);
        for (ModelService.Later one : later) {
            Instant at = now.plus(one.after());
            at(at, claimed.service(), Optional.of(() -> {
                one.change().run();
                service.look(at);
            }));
        }
        if (ModelService.curesService(acting.action())) {
            Instant at = now.plus(ModelService.CURE);
            at(at, claimed.service(), Optional.of(() -> cure(service, claimed.service(), at)));
        }
        Instant deadline = decider.verificationDeadline(claimed, policies, now);
        Incident after = written(Outcomes.apply(claimed, acting, outcome, deadline, policies.label(), now), now);
        looks(after.service()).first(at(now.plus(rules.recheck()), after.service(), Optional.empty()));
    }

    /** The service's alerts end, as their sender would tell. */
    private void cure(ModelService service, ServiceId id, Instant now) {
        List<Signal> ends = new ArrayList<>();
        service.firing().forEach(alert -> {
            service.resolves(alert, now);
            ends.add(new Signal.Resolved(alert, now));
        });
        look(id, ends, now);
    }

    private void again(Incident incident, Decision decision, boolean changed, Instant now) {
        Looks mine = looks(incident.service());
        mine.again(at(mine.next(incident, decision, rules, changed, now), incident.service(), Optional.empty()));
    }

    private long at(Instant time, ServiceId service, Optional<Runnable> change) {
        long number = ++numbers;
        moments.add(new Moment(time, number, service, change));
        return number;
    }

    private Situation situation(ServiceId id, Instant now) {
        ModelService service = service(id);
        return new Situation(
                new Fact.Known<>(service.state(), now),
                service.health(),
                service.ready(),
                service.wellSince(),
                new Fact.Known<>(List.of(), now),
                Instructions.none(now),
                new Fact.Known<>(openings.at(id, now), now),
                new Fact.Known<>(ledger.of(id, now), now));
    }
}
