package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Policy.Budget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How much of a budget was spent, reckoned as the guardrail does. Budgets of the same scope, limit and window are one, whichever
 * policy names them.
 *
 * @param policies that have it, by name
 * @param service whose it is; empty: everything's
 * @param task whose it is, where it is a task's
 * @param freeAt when the first of the actions that spent it leaves the window; empty: nothing is spent
 */
public record BudgetLeft(
        Budget budget,
        List<String> policies,
        Optional<ServiceId> service,
        Optional<TaskId> task,
        int spent,
        Optional<Instant> freeAt) {

    /** Whose a budget is. */
    private record Whose(Optional<ServiceId> service, Optional<TaskId> task) {}

    public BudgetLeft {
        policies = List.copyOf(policies);
    }

    public int left() {
        return Math.max(0, budget.limit() - spent);
    }

    /** The budgets over everything, spent or not; of services and tasks those of which something is spent. */
    public static List<BudgetLeft> of(Policies policies, Ledger ledger, Instant now) {
        Map<Budget, Collection<String>> named = new LinkedHashMap<>();
        for (Policy policy : policies.policies()) {
            policy.budgets().forEach(budget -> named.computeIfAbsent(budget, _ -> new TreeSet<>())
                    .add(policy.name()));
        }
        List<BudgetLeft> left = new ArrayList<>();
        named.forEach((budget, names) -> left.addAll(of(budget, List.copyOf(names), ledger, now)));
        return left;
    }

    private static List<BudgetLeft> of(Budget budget, List<String> names, Ledger ledger, Instant now) {
        Map<Whose, List<Instant>> spent = new LinkedHashMap<>();
        if (budget.scope() == Policy.Scope.GLOBAL) {
            spent.put(new Whose(Optional.empty(), Optional.empty()), new ArrayList<>());
        }
        LedgerChecks.repairs(ledger)
                .filter(done -> done.at().isAfter(now.minus(budget.window())))
                .forEach(done -> whose(budget, done)
                        .ifPresent(whose -> spent.computeIfAbsent(whose, _ -> new ArrayList<>())
                                .add(done.at())));
        return spent.entrySet().stream()
                .map(entry -> new BudgetLeft(
                        budget,
                        names,
                        entry.getKey().service(),
                        entry.getKey().task(),
                        entry.getValue().size(),
                        entry.getValue().stream().min(Instant::compareTo).map(at -> at.plus(budget.window()))))
                .toList();
    }

    /** Empty: an action on no task spends no task's budget that a person would look for. */
    private static Optional<Whose> whose(Budget budget, ActionRecord done) {
        return switch (budget.scope()) {
            case GLOBAL -> Optional.of(new Whose(Optional.empty(), Optional.empty()));
            case SERVICE -> Optional.of(new Whose(Optional.of(done.service()), Optional.empty()));
            case TARGET -> done.task().map(task -> new Whose(Optional.of(done.service()), Optional.of(task)));
        };
    }
}
