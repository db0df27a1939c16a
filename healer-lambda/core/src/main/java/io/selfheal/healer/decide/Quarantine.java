package io.selfheal.healer.decide;

import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Too many actions on a service did not help: nothing more is done to it until then. */
record Quarantine(int strikes, Instant until) {

    /**
     * The strikes of this incident were counted as they happened. Of earlier ones the ledger tells: an action that another
     * one of the same incident followed had not healed.
     */
    static Optional<Quarantine> of(Proposal proposal, Ledger ledger) {
        Policy.Strikes limit = proposal.policy().strikes();
        IncidentId incident = proposal.diagnosis().incident().id();
        List<ActionRecord> onService = LedgerChecks.repairs(ledger)
                .filter(done -> done.service().equals(proposal.action().service()))
                .sorted(Comparator.comparing(ActionRecord::at))
                .toList();
        List<ActionRecord> own = onService.stream()
                .filter(done -> done.incident().equals(incident))
                .toList();
        Stream<ActionRecord> ownStrikes = own.stream().skip(Math.max(0, own.size() - proposal.strikes()));
        Stream<ActionRecord> earlierStrikes = onService.stream()
                .filter(done -> !done.incident().equals(incident))
                .filter(done -> onService.stream().anyMatch(next -> follows(next, done)));
        List<Instant> strikes = Stream.concat(earlierStrikes, ownStrikes)
                .map(ActionRecord::at)
                .sorted()
                .toList();
        if (strikes.isEmpty()) {
            return Optional.empty();
        }
        Instant windowStart = strikes.getLast().minus(limit.window());
        int counted =
                (int) strikes.stream().filter(at -> at.isAfter(windowStart)).count();
        return counted < limit.limit()
                ? Optional.empty()
                : Optional.of(new Quarantine(counted, strikes.getLast().plus(limit.quarantine())));
    }

    private static boolean follows(ActionRecord next, ActionRecord done) {
        return next.incident().equals(done.incident()) && next.attempt() > done.attempt();
    }
}
