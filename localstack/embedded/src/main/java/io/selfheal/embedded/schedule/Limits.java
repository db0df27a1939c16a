package io.selfheal.embedded.schedule;

/** A service's minimumHealthyPercent and maximumPercent. */
public record Limits(int minimumHealthyPercent, int maximumPercent) {
    private static final int HUNDRED = 100;

    public Limits {
        if (minimumHealthyPercent < 0 || maximumPercent < HUNDRED) {
            throw new IllegalArgumentException("minimumHealthyPercent %d must be >= 0, maximumPercent %d >= 100"
                    .formatted(minimumHealthyPercent, maximumPercent));
        }
        if (minimumHealthyPercent >= HUNDRED && maximumPercent == HUNDRED) {
            throw new IllegalArgumentException(
                    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
        }
    }

    /** Tasks that must stay healthy, rounded up as on AWS. */
    int floor(int desired) {
        return Math.ceilDiv(desired * Math.min(minimumHealthyPercent, HUNDRED), HUNDRED);
    }

    /** Tasks that may run or start at the same time, rounded down as on AWS. */
    int ceiling(int desired) {
        return (int) Math.min(Integer.MAX_VALUE, (long) desired * maximumPercent / HUNDRED);
    }
}
