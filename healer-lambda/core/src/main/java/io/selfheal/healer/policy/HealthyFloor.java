package io.selfheal.healer.policy;

/** How many tasks have to be healthy besides the one that is acted on. */
public sealed interface HealthyFloor {

    /** Of the desired count, rounded up. */
    record Percent(int percent) implements HealthyFloor {
        public Percent {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("percent: expected 0 to 100, was " + percent);
            }
        }
    }

    record Count(int count) implements HealthyFloor {
        public Count {
            if (count < 0) {
                throw new IllegalArgumentException("count: expected 0 or more, was " + count);
            }
        }
    }

    default int required(int desired) {
        return switch (this) {
            case Percent(int percent) -> Math.ceilDiv(desired * percent, 100);
            case Count(int count) -> count;
        };
    }
}
