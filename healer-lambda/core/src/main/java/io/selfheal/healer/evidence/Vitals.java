package io.selfheal.healer.evidence;

/**
 * How a task served lately.
 *
 * @param errorShare of its requests, 0 to 1: only errors of its own, not those of a callee
 * @param slowShare of its requests, 0 to 1: slower than the service promises
 */
public record Vitals(double requestsPerSecond, double errorShare, double slowShare) {

    /** A fifth: the bound of the rule that calls a task sick for its errors, see observability/prometheus. */
    private static final double FAILING = 0.2;
    /** Of the rule that calls it sick for its slowness. */
    private static final double SLOW = 0.4;

    public boolean failing() {
        return errorShare > FAILING;
    }

    public boolean slow() {
        return slowShare > SLOW;
    }

    /**
     * On its way to be too slow, or to fail: half of either bound. Measurements are a scrape apart, so that of two tasks that fall ill
     * together one is seen at its bound while the other is seen on its way.
     */
    public boolean struggling() {
        return errorShare > FAILING / 2 || slowShare > SLOW / 2;
    }
}
