package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a policy forbids is taken out of the policy that the healers read, which is the same as a guardrail that is missing.
 */
final class GuardrailMutants {
    private static final String SOON = "PT0.001S";

    private GuardrailMutants() {}

    static void into(Bugs bugs) {
        bugs.switches("pauses are not asked for", _ -> new Fact.Known<>(List.of(), Instant.EPOCH));
        bugs.switches(
                "pauses that cannot be read are none",
                fact -> fact instanceof Fact.Unknown<List<Pause>> ? new Fact.Known<>(List.of(), Instant.EPOCH) : fact);
        bugs.policy("no storm breaker", "services: 3", "services: 1000000");
        bugs.policy("a storm breaker that lets go at once", "hold: PT20S", "hold: " + SOON);
        bugs.describing(
                "deployments are overlooked",
                fact -> fact.map(
                        state -> new ServiceState(state.id(), state.desired(), state.tasks(), Optional.empty())));
        bugs.policy("no quarantine", "strikes: \\{limit: \\d", "strikes: {limit: 1000");
        bugs.policy("a quarantine that ends at once", "quarantine: PT90S", "quarantine: " + SOON);
        bugs.policy("no cooldown", "cooldown: PT\\d+S", "cooldown: " + SOON);
        bugs.policy("no budget of a service", "service, limit: 5", "service, limit: 500");
        bugs.policy("no budget of a task", "target, limit: 1", "target, limit: 100");
        bugs.policy("no global budget", "global, limit: 9", "global, limit: 900");
        bugs.policy("one too many for a service", "service, limit: 5", "service, limit: 6");
        bugs.policy("one too many over all", "global, limit: 9", "global, limit: 10");
        bugs.policy("budgets that forget at once", "window: PT3M", "window: PT20S");
        bugs.policy("no confirmation", "confirm: probe", "confirm: none");
        bugs.policy("no warm-up", "warmUp: PT30S", "warmUp: " + SOON);
        bugs.policy("no healthy floor", "percent: \\d+|count: 1", "percent: 0");
        bugs.policy("shadow acts", "mode: shadow", "mode: act");
        bugs.policy("no ceiling", "ceiling: 3", "ceiling: 40");
        bugs.policy("temporary for too short", "returnAfter: PT2M", "returnAfter: PT10S");
        bugs.policy("temporary for too long", "returnAfter: PT2M", "returnAfter: PT5M");
        bugs.policy("healed at the first sight", "stabilisation: PT\\dS", "stabilisation: " + SOON);
        bugs.policy("the next rung too early", "deadline: PT20S", "deadline: PT6S");
        bugs.policy("who calls whom is not in the policy", "calls: \\{.*\\}", "calls: {}");
        bugs.switches(
                "pauses of one service are overlooked",
                fact -> fact.map(pauses -> pauses.stream()
                        .filter(pause -> pause.service().isEmpty())
                        .toList()));
        bugs.switches(
                "pauses of everything are overlooked",
                fact -> fact.map(pauses -> pauses.stream()
                        .filter(pause -> pause.service().isPresent())
                        .toList()));
    }
}
