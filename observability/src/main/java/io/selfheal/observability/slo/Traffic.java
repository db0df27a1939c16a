package io.selfheal.observability.slo;

import java.math.BigDecimal;
import java.util.List;

/** Requests of one task of a service, as the two counters that an indicator reads. */
final class Traffic {
    private static final BigDecimal PER_STEP = new BigDecimal(6000);

    private final Slo slo;
    private final Counter total = new Counter();
    private final Counter bad = new Counter();
    private final Counter good = new Counter();

    Traffic(Slo slo) {
        this.slo = slo;
    }

    Traffic well(int steps) {
        return burning(BigDecimal.ZERO, steps);
    }

    /** So many times the budget is bad. */
    Traffic burning(BigDecimal factor, int steps) {
        return grow(PER_STEP, slo.budget().multiply(factor), steps);
    }

    Traffic allBad(BigDecimal perStep, int steps) {
        return grow(perStep, BigDecimal.ONE, steps);
    }

    Traffic outage(int steps) {
        return allBad(PER_STEP, steps);
    }

    Traffic restart() {
        List.of(total, bad, good).forEach(Counter::restart);
        return this;
    }

    Traffic vanish() {
        List.of(total, bad, good).forEach(Counter::vanish);
        return this;
    }

    String series() {
        return switch (slo.indicator()) {
            // The counter of all is the sum of both: good answers are the other status.
            case Indicator.Bad(Selector failed, Selector all) -> line(all, "200", good) + line(all, "500", bad);
            case Indicator.Good(Selector quick, Selector all) -> line(all, "200", total) + line(quick, "200", good);
        };
    }

    private Traffic grow(BigDecimal perStep, BigDecimal badShare, int steps) {
        BigDecimal failed = perStep.multiply(badShare);
        total.grow(perStep, steps);
        bad.grow(failed, steps);
        good.grow(perStep.subtract(failed), steps);
        return this;
    }

    private static String line(Selector selector, String status, Counter counter) {
        StringBuilder labels = new StringBuilder();
        selector.labels().stream().filter(label -> label.operator().equals("=")).forEach(label -> labels.append(
                        label.name())
                .append("=\"")
                .append(label.value())
                .append("\","));
        return "      - {series: '%s{%scluster=\"selfheal\",task_arn=\"t1\",uri=\"/things\",status=\"%s\"}', values: '%s'}\n"
                .formatted(selector.metric(), labels, status, counter.samples());
    }
}
