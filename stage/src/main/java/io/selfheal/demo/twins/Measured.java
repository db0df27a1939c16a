package io.selfheal.demo.twins;

import io.selfheal.demo.measure.Distribution;
import io.selfheal.demo.measure.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was measured of one subject. Values of one position in two of these are a pair. */
final class Measured {

    private final String name;
    private final List<Double> cpuMillis = new ArrayList<>();
    private final List<Double> startSeconds = new ArrayList<>();
    private final List<Double> startCpuSeconds = new ArrayList<>();
    private final List<Double> allocatedKb = new ArrayList<>();
    private final List<Double> residentMegabytes = new ArrayList<>();

    Measured(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void cpu(double millisARequest) {
        cpuMillis.add(millisARequest);
    }

    void start(double seconds, double cpuSeconds) {
        startSeconds.add(seconds);
        startCpuSeconds.add(cpuSeconds);
    }

    void allocated(double kbARequest) {
        allocatedKb.add(kbARequest);
    }

    void resident(double megabytes) {
        residentMegabytes.add(megabytes);
    }

    Optional<Distribution> cpuMillis() {
        return Distribution.of(cpuMillis);
    }

    Optional<Distribution> startSeconds() {
        return Distribution.of(startSeconds);
    }

    Optional<Distribution> startCpuSeconds() {
        return Distribution.of(startCpuSeconds);
    }

    OptionalDouble allocatedKb() {
        return Distribution.of(allocatedKb)
                .map(all -> OptionalDouble.of(all.p50()))
                .orElse(OptionalDouble.empty());
    }

    OptionalDouble residentMegabytes() {
        return Distribution.of(residentMegabytes)
                .map(all -> OptionalDouble.of(all.p50()))
                .orElse(OptionalDouble.empty());
    }

    /** Processor time a request of this one to that of the other. */
    Optional<Ratio> cpuTo(Measured other) {
        return ratio(cpuMillis, other.cpuMillis);
    }

    /** The time to start of this one to that of the other. */
    Optional<Ratio> startTo(Measured other) {
        return ratio(startSeconds, other.startSeconds);
    }

    private static Optional<Ratio> ratio(List<Double> first, List<Double> second) {
        return first.isEmpty() || second.isEmpty() ? Optional.empty() : Optional.of(Ratio.of(first, second));
    }
}
