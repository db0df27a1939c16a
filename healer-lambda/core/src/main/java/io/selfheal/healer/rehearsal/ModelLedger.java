package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy.Budget;
import io.selfheal.healer.policy.Policy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The actions of a replay, handed out as far as a guardrail can ask for them: those of the service itself, and of others only
 * what a global budget counts. A day's actions of a whole cluster would have to be gone through at every look.
 */
final class ModelLedger {
    private final Duration lookback;
    private final Duration globalWindow;
    private final Map<ServiceId, Deque<ActionRecord>> ofService = new HashMap<>();
    private final Deque<ActionRecord> ofAll = new ArrayDeque<>();
    private final Map<ServiceId, HandedOut> handedOut = new HashMap<>();
    private long changes;

    /** A reading, and how many changes there were before it: without another one the next reading is the same. */
    private record HandedOut(Ledger ledger, long changes) {}

    ModelLedger(Policies policies) {
        lookback = policies.lookback();
        globalWindow = policies.policies().stream()
                .flatMap(policy -> policy.budgets().stream())
                .filter(budget -> budget.scope() == Scope.GLOBAL)
                .map(Budget::window)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    void enter(ActionRecord claimed) {
        ofService.computeIfAbsent(claimed.service(), _ -> new ArrayDeque<>()).addLast(claimed);
        ofAll.addLast(claimed);
        changes++;
    }

    Ledger of(ServiceId service, Instant now) {
        Deque<ActionRecord> own = ofService.computeIfAbsent(service, _ -> new ArrayDeque<>());
        forget(own, now.minus(lookback));
        forget(ofAll, now.minus(globalWindow));
        HandedOut last = handedOut.get(service);
        if (last == null || last.changes() != changes) {
            List<ActionRecord> actions = new ArrayList<>(own);
            ofAll.stream().filter(done -> !done.service().equals(service)).forEach(actions::add);
            last = new HandedOut(new Ledger(0, actions), changes);
            handedOut.put(service, last);
        }
        return last.ledger();
    }

    private void forget(Deque<ActionRecord> actions, Instant before) {
        while (!actions.isEmpty() && actions.getFirst().at().isBefore(before)) {
            actions.removeFirst();
            changes++;
        }
    }
}
