package io.selfheal.observability.slo;

import java.math.BigDecimal;

/** A counter's samples in promtool's notation, one for each step; it starts with a sample of 0. */
final class Counter {
    private final StringBuilder text = new StringBuilder("0");
    private BigDecimal value = BigDecimal.ZERO;

    Counter grow(BigDecimal perStep, int steps) {
        BigDecimal first = value.add(perStep);
        value = value.add(perStep.multiply(BigDecimal.valueOf(steps)));
        text.append(" %s+%sx%d".formatted(plain(first), plain(perStep), steps - 1));
        return this;
    }

    /** The process starts anew: the next sample counts from 0. */
    Counter restart() {
        value = BigDecimal.ZERO;
        return this;
    }

    Counter vanish() {
        text.append(" stale");
        return this;
    }

    String samples() {
        return text.toString();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
