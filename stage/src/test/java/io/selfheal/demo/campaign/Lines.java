package io.selfheal.demo.campaign;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.measure.Outcome;
import java.time.Instant;
import java.util.Optional;

/** Lines for tests. */
final class Lines {

    static final String KEY = "abc1234 on 4 × a processor, JDK 25, profile fast";

    private Lines() {}

    static RunLine healed(Arm arm, Fault fault, int round, double repair) {
        return new RunLine(
                KEY,
                arm,
                fault,
                round,
                Outcome.HEALED,
                false,
                true,
                Optional.of(repair / 4),
                Optional.of(repair / 2),
                Optional.of(repair),
                400,
                6,
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * round),
                0.5 * round);
    }

    static RunLine untouched(Arm arm, Fault fault, int round) {
        return new RunLine(
                KEY,
                arm,
                fault,
                round,
                Outcome.UNTOUCHED,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1_200,
                300,
                Instant.parse("2026-01-01T00:00:00Z"),
                1);
    }

    static RunLine recovered(Arm arm, Fault fault) {
        return wellWithoutAnAction(arm, fault, Outcome.RECOVERED);
    }

    /** Users were well for a moment, and nobody ended the fault. */
    static RunLine wellBetween(Arm arm, Fault fault) {
        return wellWithoutAnAction(arm, fault, Outcome.UNTOUCHED);
    }

    private static RunLine wellWithoutAnAction(Arm arm, Fault fault, Outcome outcome) {
        return new RunLine(
                KEY,
                arm,
                fault,
                1,
                outcome,
                false,
                false,
                Optional.of(3.0),
                Optional.empty(),
                Optional.of(80.0),
                3_500,
                400,
                Instant.parse("2026-01-01T00:00:00Z"),
                1);
    }

    static RunLine touched(Arm arm, Fault fault, int round) {
        return new RunLine(
                KEY,
                arm,
                fault,
                round,
                Outcome.TOUCHED,
                true,
                true,
                Optional.of(1.0),
                Optional.of(1.5),
                Optional.empty(),
                500,
                0,
                Instant.parse("2026-01-01T00:00:00Z"),
                1);
    }
}
