package io.selfheal.healer.incident;

import java.util.List;

/**
 * The actions claimed lately, over all services: what budgets and cooldowns are reckoned from.
 *
 * @param version counted up by each claim; a claim made on an older version conflicts, so budgets hold between healers
 */
public record Ledger(long version, List<ActionRecord> actions) {

    public Ledger {
        actions = List.copyOf(actions);
    }
}
