package io.selfheal.healer.simulation;

import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Cooldown, budgets and quarantine, reckoned from every claim ever saved rather than from a ledger. Times are those that the
 * claims carry, so by the clock of whoever claimed: no healer can know another clock's error, but each can see to it that what
 * the records say keeps to the limits.
 */
final class Limits {
    private record Claim(ActionRecord record, Instant trueAt) {}

    /** Longer than any limit of these worlds looks back. */
    private static final Duration KEPT = Duration.ofMinutes(20);

    private final List<Claim> claims = new ArrayList<>();

    void check(ActionRecord next, Instant trueAt, Policy policy, Incident before) {
        cooldown(next, trueAt, policy);
        policy.budgets().forEach(budget -> budget(next, budget));
        quarantine(next, policy, before);
    }

    void enter(ActionRecord record, Instant trueAt) {
        if (!record.kind().reverts()) {
            claims.removeIf(old -> old.trueAt().plus(KEPT).isBefore(trueAt));
            claims.add(new Claim(record, trueAt));
        }
    }

    private List<Claim> onService(ActionRecord next) {
        return claims.stream()
                .filter(claim -> claim.record().service().equals(next.service()))
                .toList();
    }

    /** In true time as well, less what two clocks may differ by. */
    private void cooldown(ActionRecord next, Instant trueAt, Policy policy) {
        Duration slack = Duration.ofMillis(2L * Weather.MAX_SKEW);
        for (Claim claim : onService(next)) {
            Instant until = claim.record().at().plus(policy.cooldown());
            if (next.at().isBefore(until)) {
                throw new Broken("cooldown", next + " although " + claim.record());
            }
            if (trueAt.isBefore(claim.trueAt().plus(policy.cooldown()).minus(slack))) {
                throw new Broken("cooldown in true time", next + " although " + claim.record());
            }
        }
    }

    private void budget(ActionRecord next, Policy.Budget budget) {
        Instant from = next.at().minus(budget.window());
        long spent = claims.stream()
                .map(Claim::record)
                .filter(done -> done.at().isAfter(from))
                .filter(done -> switch (budget.scope()) {
                    case GLOBAL -> true;
                    case SERVICE -> done.service().equals(next.service());
                    case TARGET ->
                        done.service().equals(next.service()) && done.task().equals(next.task());
                })
                .count();
        if (spent >= budget.limit()) {
            throw new Broken("budget of " + budget.scope(), next + " is number " + (spent + 1) + " of " + budget);
        }
    }

    /**
     * An action that was followed by another one for the same incident had not helped; of the incident's own actions it is its
     * count of strikes that tells, since one that is still on its way is no strike.
     */
    private void quarantine(ActionRecord next, Policy policy, Incident before) {
        List<ActionRecord> all = onService(next).stream().map(Claim::record).toList();
        List<Instant> strikes = new ArrayList<>();
        List<ActionRecord> own = new ArrayList<>();
        for (ActionRecord done : all) {
            if (done.incident().equals(before.id())) {
                own.add(done);
            } else if (all.stream()
                    .anyMatch(other ->
                            Objects.equals(other.incident(), done.incident()) && other.attempt() > done.attempt())) {
                strikes.add(done.at());
            }
        }
        own.stream()
                .skip(Math.max(0, own.size() - before.strikes()))
                .map(ActionRecord::at)
                .forEach(strikes::add);
        strikes.sort(null);
        if (strikes.isEmpty()) {
            return;
        }
        Instant last = strikes.getLast();
        long counted = strikes.stream()
                .filter(at -> at.isAfter(last.minus(policy.strikes().window())))
                .count();
        if (counted >= policy.strikes().limit()
                && next.at().isBefore(last.plus(policy.strikes().quarantine()))) {
            throw new Broken("quarantine", next + " after " + counted + " strikes, the last at " + last);
        }
    }
}
