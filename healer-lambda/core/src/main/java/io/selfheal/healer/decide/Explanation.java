package io.selfheal.healer.decide;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why the decision on an incident is what it is, step by step.
 *
 * @param policy that governs; empty when none does
 * @param diagnosis the service as it was found
 * @param cause what is behind it as far as the facts tell; empty when that was not asked
 * @param choice what the ladder came to; empty when it was not asked, since nothing stands that a policy governs
 * @param checks what every guardrail says about that, in their order; empty when nothing was proposed
 */
public record Explanation(
        Optional<Policy> policy,
        String diagnosis,
        Optional<String> cause,
        Optional<String> choice,
        List<Check> checks,
        Decision decision) {

    public Explanation {
        checks = List.copyOf(checks);
    }

    /** One guardrail's word; the refusal is empty when it lets the action pass. */
    public record Check(String guardrail, Optional<Reason> refusal, String detail) {}

    /** Decides as the {@link Decider} does, and tells how it came to that. Pure. */
    public static Explanation of(Rules rules, Incident incident, Policies policies, Situation situation, Instant now) {
        Decision decision = new Decider(rules).decide(incident, policies, situation, now);
        return switch (situation.service()) {
            case Fact.Unknown<ServiceState>(String why) ->
                new Explanation(
                        Optional.empty(), "unknown: " + why, Optional.empty(), Optional.empty(), List.of(), decision);
            case Fact.Known<ServiceState>(ServiceState state, Instant _) ->
                of(Diagnosis.of(incident, policies, state, situation, rules, now), decision, now);
        };
    }

    private static Explanation of(Diagnosis diagnosis, Decision decision, Instant now) {
        if (diagnosis.standing().isEmpty()) {
            return new Explanation(
                    diagnosis.policy(),
                    diagnosis.stillWrong(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    decision);
        }
        Policy policy = diagnosis.policyOrNone();
        Optional<String> cause = Optional.of(cause(diagnosis, policy, now));
        return switch (Choice.of(diagnosis, policy, now)) {
            case Choice.Do(var action, Reason reason, String detail) -> {
                Proposal proposal = new Proposal(
                        action, policy, diagnosis, diagnosis.incident().strikes(), reason, detail);
                yield new Explanation(
                        diagnosis.policy(),
                        diagnosis.stillWrong(),
                        cause,
                        Optional.of(action.kind().word() + ": " + reason + ", " + detail),
                        Guardrails.everyCheck(proposal, now),
                        decision);
            }
            case Choice.Hold(Reason reason, String detail) ->
                withoutProposal(diagnosis, cause, reason, detail, decision);
            case Choice.GiveUp(Reason reason, String detail) ->
                withoutProposal(diagnosis, cause, reason, detail, decision);
        };
    }

    /** With what was not looked for, since no rung of the ladder answers to it. */
    private static String cause(Diagnosis diagnosis, Policy policy, Instant now) {
        Cause cause = Causes.of(diagnosis, policy, now);
        List<String> unasked = Causes.notLookedFor(policy);
        return cause.word() + ": " + cause.detail()
                + (cause instanceof Cause.Itself && !unasked.isEmpty()
                        ? " (not looked for: " + String.join(", ", unasked) + ")"
                        : "");
    }

    private static Explanation withoutProposal(
            Diagnosis diagnosis, Optional<String> cause, Reason reason, String detail, Decision decision) {
        return new Explanation(
                diagnosis.policy(),
                diagnosis.stillWrong(),
                cause,
                Optional.of("nothing: " + reason + ", " + detail),
                List.of(),
                decision);
    }
}
