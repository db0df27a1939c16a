package io.selfheal.demo.measure;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Count, median, 95th percentile and largest of some values; percentiles by nearest rank, so each is a value that was seen. */
public record Distribution(int n, double p50, double p95, double max) {

    /** Empty for no values. */
    public static Optional<Distribution> of(Collection<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        return Optional.of(new Distribution(sorted.size(), rank(sorted, 0.50), rank(sorted, 0.95), sorted.getLast()));
    }

    private static double rank(List<Double> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
