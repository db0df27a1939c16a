package io.selfheal.demo.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How two programs compare that were measured in turns: the median of the ratios of the pairs, and between which bounds it lies with 95 % confidence (bootstrap over the
 * pairs). Medians of ratios, since on a shared machine only what was measured in the same moment compares.
 */
public record Ratio(int pairs, double median, double low, double high) {

    private static final int SAMPLES = 4000;
    private static final double TAIL = 0.025;

    /** The ratios of the first to the second, pair by pair; the same values give the same bounds. */
    public static Ratio of(List<Double> first, List<Double> second) {
        if (first.isEmpty() || first.size() != second.size()) {
            throw new IllegalArgumentException(
                    "pairs are needed, not " + first.size() + " values and " + second.size());
        }
        double[] logs = IntStream.range(0, first.size())
                .mapToDouble(i -> Math.log(first.get(i) / second.get(i)))
                .toArray();
        double[] medians = bootstrap(logs);
        return new Ratio(
                logs.length,
                Math.exp(median(logs)),
                Math.exp(medians[(int) (TAIL * SAMPLES)]),
                Math.exp(medians[(int) ((1 - TAIL) * SAMPLES) - 1]));
    }

    /** Whether its whole interval is at most that. */
    public boolean clears(double goal) {
        return high <= goal;
    }

    /** Whether it may be that there is no difference. */
    public boolean mayBeOne() {
        return low <= 1 && high >= 1;
    }

    private static double[] bootstrap(double[] logs) {
        Random random = new Random(logs.length);
        double[] medians = new double[SAMPLES];
        double[] drawn = new double[logs.length];
        for (int sample = 0; sample < SAMPLES; sample++) {
            Arrays.setAll(drawn, _ -> logs[random.nextInt(logs.length)]);
            medians[sample] = median(drawn);
        }
        Arrays.sort(medians);
        return medians;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
