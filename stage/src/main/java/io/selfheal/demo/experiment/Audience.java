package io.selfheal.demo.experiment;

import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.measure.RunResult;
import java.time.Instant;
import java.util.Optional;

/** Who watches: told of everything as it happens, decides nothing. */
public interface Audience {

    /** A run begins: the fault is about to be injected into that task. */
    void opens(PlannedRun plan, Optional<String> task, Instant injectedAt);

    /** Something happened. */
    void sees(Beat beat);

    /** Nothing new, but time passes. */
    void waits(Instant now, String what);

    /** A run is over. */
    void closes(RunResult result);
}
