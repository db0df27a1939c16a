package io.selfheal.healer.evidence;

/**
 * How the calls of a service to one callee went lately.
 *
 * @param failedShare of the calls, 0 to 1: no answer, or an error for an answer
 */
public record Calls(double perSecond, double failedShare) {

    /** Fewer calls a second say nothing: a single failed one would be a large share. */
    private static final double ENOUGH = 0.5;
    /** Half: then it is the callee and not the network's noise that fails them. */
    private static final double FAILING = 0.5;

    public boolean failing() {
        return perSecond >= ENOUGH && failedShare >= FAILING;
    }
}
