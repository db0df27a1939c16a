package io.selfheal.healer.lambda;

import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.event.Events;
import io.selfheal.healer.rehearsal.Facts;
import io.selfheal.healer.rehearsal.WhatIf;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads an event of each kind and decides on what is in it, so that the classes for it are loaded before a snapshot is taken.
 * Pure: nothing is asked, told, dated or drawn.
 */
final class Priming {
    private static final String EVENTS = "priming.jsonl";

    private Priming() {}

    /** Returns how many alerts were decided on. */
    static int run(Configuration configuration) {
        Intake intake = new Intake(
                configuration.cluster(), configuration.policies().alarms(), InstantSource.fixed(Instant.EPOCH));
        WhatIf decisions = new WhatIf(configuration.policies(), Facts.assumed());
        int decided = 0;
        for (String event : events()) {
            byte[] body = event.getBytes(StandardCharsets.UTF_8);
            Events.read(body);
            for (Alert alert : alerts(event, intake.parse(body))) {
                decisions.explain(List.of(alert));
                decided++;
            }
        }
        return decided;
    }

    static List<String> events() {
        try (InputStream resource = Priming.class.getResourceAsStream(EVENTS)) {
            if (resource == null) {
                throw new IllegalStateException("the package lacks " + EVENTS);
            }
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + EVENTS + " of the package", e);
        }
    }

    private static List<Alert> alerts(String event, Parsed parsed) {
        return switch (parsed) {
            case Parsed.Accepted accepted ->
                accepted.signals().stream()
                        .filter(Signal.Firing.class::isInstance)
                        .map(signal -> ((Signal.Firing) signal).alert())
                        .toList();
            case Parsed.Refused(String why) ->
                throw new IllegalStateException("the package's own event is not understood: " + why + ": " + event);
        };
    }
}
