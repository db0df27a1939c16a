package io.selfheal.observability.slo;

import java.math.BigDecimal;

/**
 * One objective of one service.
 *
 * @param name what it is about, the label {@code slo}: availability or latency
 * @param target the share of good events that is promised, below 1
 * @param trafficFloor events a second below which no burn alert speaks
 */
record Slo(
        String service,
        String name,
        String displayName,
        Indicator indicator,
        BigDecimal target,
        int days,
        BigDecimal trafficFloor) {

    Slo {
        if (target.signum() <= 0 || target.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("target must be above 0 and below 1, is " + target);
        }
        // The page of 14.4 times the budget could never fire: a share of errors over 1.
        if (budget(target).multiply(Burn.PAGE_FAST.factor()).compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("target must be at least 1 - 1/14.4 = 0.931, is " + target);
        }
        if (days != 30) {
            throw new IllegalArgumentException(
                    "timeWindow must be 30d, since the burn rates are made for it; is " + days + "d");
        }
        if (trafficFloor.signum() < 0) {
            throw new IllegalArgumentException("selfheal.io/traffic-floor must not be negative, is " + trafficFloor);
        }
    }

    /** The share of bad events that is allowed. */
    BigDecimal budget() {
        return budget(target);
    }

    /** The share of bad events at which the budget burns that many times too fast. */
    BigDecimal threshold(Burn burn) {
        return budget().multiply(burn.factor()).stripTrailingZeros();
    }

    String percent() {
        return target.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    private static BigDecimal budget(BigDecimal target) {
        return BigDecimal.ONE.subtract(target).stripTrailingZeros();
    }
}
