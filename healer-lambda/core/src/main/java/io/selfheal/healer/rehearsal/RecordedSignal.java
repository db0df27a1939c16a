package io.selfheal.healer.rehearsal;

import io.selfheal.healer.signal.Signal;
import java.time.Instant;

/** A signal and when it reached the healer. */
public record RecordedSignal(Instant at, Signal signal) {}
