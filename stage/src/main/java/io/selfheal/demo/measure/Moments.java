package io.selfheal.demo.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The moments of one run. {@code healedAt} is what users and the fleet saw; the others are told by the alert and the healer.
 *
 * @param alertedAt when the alert that the healer acted on began to fire; empty when the healer's own probe found it
 * @param detectedAt when the healer knew (without a healer: when the first alert for the task fired)
 * @param claimedAt when the healer had decided and claimed the action
 * @param actedAt when the action had been issued
 * @param verifiedAt when the healer closed the incident
 */
public record Moments(
        Instant injectedAt,
        Optional<Instant> alertedAt,
        Optional<Instant> detectedAt,
        Optional<Instant> claimedAt,
        Optional<Instant> actedAt,
        Optional<Instant> healedAt,
        Optional<Instant> verifiedAt) {

    /** From the injection until users were well. */
    public Optional<Double> mttrSeconds() {
        return healedAt.map(healed -> seconds(injectedAt, healed));
    }

    /**
     * Where the time went, in order. A stage whose ends are not both known is left out, and so is one that ended before it began: while load
     * is shed the healer finds every task well, and users that are turned away do not.
     */
    public Map<String, Double> budget() {
        Map<String, Double> budget = new LinkedHashMap<>();
        put(budget, "detect", Optional.of(injectedAt), alertedAt.or(() -> detectedAt));
        put(budget, "notify", alertedAt, detectedAt);
        put(budget, "decide", detectedAt, claimedAt);
        put(budget, "act", claimedAt, actedAt);
        put(budget, "start", actedAt, healedAt);
        put(budget, "verify", healedAt, verifiedAt);
        return budget;
    }

    private static void put(Map<String, Double> budget, String stage, Optional<Instant> from, Optional<Instant> to) {
        if (from.isPresent() && to.isPresent() && !to.get().isBefore(from.get())) {
            budget.put(stage, seconds(from.get(), to.get()));
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
