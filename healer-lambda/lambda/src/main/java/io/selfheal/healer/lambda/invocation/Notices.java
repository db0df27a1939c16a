package io.selfheal.healer.lambda.invocation;

import io.selfheal.healer.engine.HistoryListener;
import java.time.Duration;

/** Whom to tell, and how to wait for that it is told. */
public interface Notices {

    HistoryListener listener();

    /** Sends what waits. False: not all of it could be sent in time. */
    boolean flush(Duration atMost);
}
