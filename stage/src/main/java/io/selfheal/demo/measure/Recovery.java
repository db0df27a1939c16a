package io.selfheal.demo.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When users were unwell and when they were well again, out of what was seen from outside.
 *
 * <p>Well again means: for a whole window every sample is well and no request sent in it failed. The moment is the start of
 * the first such window after the first symptom. Requests sent before it may fail later without counting: their users were
 * unlucky before, not after.
 */
public final class Recovery {

    private Recovery() {}

    /** The first sign that something was wrong, if any. */
    public static Optional<Instant> firstSymptom(List<Sample> samples, List<Instant> failuresSentAt) {
        Optional<Instant> sick = samples.stream()
                .filter(sample -> !sample.well())
                .map(Sample::at)
                .min(Instant::compareTo);
        Optional<Instant> failed = failuresSentAt.stream().min(Instant::compareTo);
        return sick.isPresent() && failed.isPresent()
                ? Optional.of(sick.get().isBefore(failed.get()) ? sick.get() : failed.get())
                : sick.or(() -> failed);
    }

    /** The start of the first stable window after the first symptom; empty if there was no symptom, or is no such window yet. */
    public static Optional<Instant> healedAt(List<Sample> samples, List<Instant> failuresSentAt, Duration window) {
        Optional<Instant> symptom = firstSymptom(samples, failuresSentAt);
        if (symptom.isEmpty()) {
            return Optional.empty();
        }
        return samples.stream()
                .filter(sample -> sample.well() && sample.at().isAfter(symptom.get()))
                .map(Sample::at)
                .filter(start -> stable(samples, failuresSentAt, start, start.plus(window)))
                .findFirst();
    }

    private static boolean stable(List<Sample> samples, List<Instant> failuresSentAt, Instant start, Instant end) {
        boolean watchedToTheEnd =
                samples.stream().anyMatch(sample -> !sample.at().isBefore(end));
        return watchedToTheEnd
                && samples.stream()
                        .filter(sample -> within(sample.at(), start, end))
                        .allMatch(Sample::well)
                && failuresSentAt.stream().noneMatch(sentAt -> within(sentAt, start, end));
    }

    private static boolean within(Instant at, Instant start, Instant end) {
        return !at.isBefore(start) && !at.isAfter(end);
    }
}
