package io.selfheal.healer.rehearsal;

import io.selfheal.healer.decide.Decision;
import io.selfheal.healer.decide.Explanation;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.decide.Situation;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Fold;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.policy.Matcher;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Says in text what would happen for an alert now, and why. The same input gives the same text. */
public final class WhatIf {
    private final Policies policies;
    private final Facts facts;

    public WhatIf(Policies policies, Facts facts) {
        this.policies = policies;
        this.facts = facts;
    }

    /**
     * The firing alerts of a body as any of the senders writes it, or of one line of a recorded history.
     *
     * @throws InvalidInputException when there is none
     */
    public List<Alert> alerts(String fileName, String json, String cluster) {
        List<Alert> firing = new ArrayList<>();
        Intake intake = new Intake(cluster, policies.alarms(), InstantSource.fixed(Instant.EPOCH));
        String why =
                switch (intake.parse(json.getBytes(StandardCharsets.UTF_8))) {
                    case Parsed.Accepted(List<Signal> signals, int _, List<String> reasons) -> {
                        signals.forEach(signal -> addIfFiring(signal, firing));
                        yield reasons.isEmpty() ? "no alert in it is firing" : String.join("; ", reasons);
                    }
                    case Parsed.Refused(String refused) -> {
                        try {
                            addIfFiring(SignalHistory.read(json).signal(), firing);
                            yield "the recorded signal is not a firing alert";
                        } catch (IllegalArgumentException e) {
                            yield refused + "; nor a recorded signal: " + e.getMessage();
                        }
                    }
                };
        if (firing.isEmpty()) {
            throw new InvalidInputException(List.of(fileName + ": " + why));
        }
        return firing;
    }

    private static void addIfFiring(Signal signal, List<Alert> firing) {
        if (signal instanceof Signal.Firing(Alert alert)) {
            firing.add(alert);
        }
    }

    /** One part for each service that the alerts are about. */
    public String explain(List<Alert> alerts) {
        Map<ServiceId, List<Alert>> byService = new TreeMap<>();
        alerts.forEach(alert -> byService
                .computeIfAbsent(alert.service(), _ -> new ArrayList<>())
                .add(alert));
        Instant latest = alerts.stream()
                .map(Alert::startsAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant now = facts.now().orElse(latest);
        StringBuilder text = new StringBuilder();
        byService.forEach((service, ofService) -> explain(text, service, ofService, now));
        return text.toString();
    }

    private void explain(StringBuilder text, ServiceId service, List<Alert> alerts, Instant now) {
        text.append("service   ").append(service).append(" at ").append(now).append('\n');
        Incident fresh = Incident.open(IncidentId.of(now, 0), service, now);
        Incident incident = Fold.signals(
                        fresh, alerts.stream().<Signal>map(Signal.Firing::new).toList(), now)
                .incident();
        Explanation explained = Explanation.of(Rules.DEFAULT, incident, policies, situation(service, alerts, now), now);
        alerts.forEach(alert -> matches(text, alert));
        text.append("assumed   ").append(facts.assumptions()).append('\n');
        evidence(text, now);
        text.append("diagnosis ").append(explained.diagnosis()).append('\n');
        explained
                .policy()
                .ifPresent(policy -> text.append("policy    " + policy.name() + " of " + policies.label() + " governs: "
                        + ladder(policy) + "\n"));
        explained.cause().ifPresent(cause -> text.append("cause     " + cause + "\n"));
        explained.choice().ifPresent(choice -> text.append("proposal  " + choice + "\n"));
        explained
                .checks()
                .forEach(check -> text.append("  %-14s %s%n"
                        .formatted(
                                check.guardrail(),
                                check.refusal()
                                        .map(reason -> "REFUSES " + reason + ": " + check.detail())
                                        .orElse("passes"))
                        .replace("\r", "")));
        text.append("decision  ").append(words(explained.decision())).append('\n');
    }

    /** A healer gathers evidence only where a policy of its file goes by any. */
    private Situation situation(ServiceId service, List<Alert> alerts, Instant now) {
        Situation situation = facts.situation(service, alerts, now);
        return policies.useEvidence() ? situation.with(facts.evidence(now), Set.of()) : situation;
    }

    private void evidence(StringBuilder text, Instant now) {
        if (!policies.useEvidence()) {
            text.append("evidence  not gathered: no policy requires any, nor has a rung that goes by it\n");
            return;
        }
        text.append("evidence\n");
        EvidenceWords.of(facts.evidence(now))
                .forEach((part, words) ->
                        text.append("  %-14s %s%n".formatted(part.word(), words).replace("\r", "")));
    }

    private void matches(StringBuilder text, Alert alert) {
        text.append("alert     " + alert.name()
                + alert.task().map(task -> " on task " + task.shortName()).orElse("") + " since " + alert.startsAt()
                + "\n");
        for (Policy policy : policies.policies()) {
            Optional<Matcher> fails = policy.match().stream()
                    .filter(matcher -> !matcher.matches(alert.labels()))
                    .findFirst();
            text.append("  %-14s %s%n"
                    .formatted(
                            policy.name(),
                            fails.map(matcher -> "does not match: " + matcher).orElse("matches"))
                    .replace("\r", ""));
            if (fails.isEmpty()) {
                return;
            }
        }
    }

    private static String ladder(Policy policy) {
        return String.join(
                ", ", policy.ladder().stream().map(rung -> rung.word()).toList());
    }

    private static String words(Decision decision) {
        String reason = decision.reason() + ", " + decision.detail();
        return switch (decision) {
            case Decision.Act act -> "ACT " + words(act.action()) + ": " + reason;
            case Decision.Verify _ -> "VERIFY: " + reason;
            case Decision.Wait wait -> "WAIT until " + wait.until() + ": " + reason;
            case Decision.Ask ask -> "ASK until " + ask.expiresAt() + " for " + words(ask.action()) + ": " + reason;
            case Decision.Suppress suppress -> "SUPPRESS, look again at " + suppress.retryAt() + ": " + reason;
            case Decision.Resolve _ -> "RESOLVE: " + reason;
            case Decision.Escalate _ -> "ESCALATE to a human: " + reason;
        };
    }

    private static String words(Action action) {
        return action.kind().word()
                + action.victim().map(task -> " " + task.arn()).orElse("")
                + counts(action);
    }

    private static String counts(Action action) {
        return switch (action) {
            case Action.ScaleOut(ServiceId _, int from, int to, var _) -> " from " + from + " to " + to;
            case Action.ScaleBack(ServiceId _, int from, int to) -> " from " + from + " to " + to;
            case Action.RollBack(ServiceId _, String bad, String good) -> " from " + bad + " to " + good;
            case Action.Shed(ServiceId _, int admitPercent, var _) -> " down to " + admitPercent + " %";
            case Action.Degrade(ServiceId _, ServiceId callee, var _) -> " without " + callee.service();
            case Action.Restore(ServiceId _, Mode mode) -> " from " + mode.word();
            case Action.RestartTask _,
                    Action.SurgeRestart _,
                    Action.ShiftTraffic _,
                    Action.Retire _,
                    Action.Redeploy _ -> "";
        };
    }
}
