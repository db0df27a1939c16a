package io.selfheal.demo.fleet;

import java.time.Instant;

/** A task that is no more, who ended it, in ECS's words, and when its end began. */
public record StoppedTask(String arn, String service, String stopCode, String stoppedReason, Instant stoppingAt) {

    /** Why the stage itself stops a task. */
    public static final String BY_THE_STAGE = "the stage clears its fault";

    /** Whether somebody other than the stage called StopTask, as the healer does; ECS itself uses other codes. */
    public boolean byRequest() {
        return stopCode.equals("UserInitiated") && !stoppedReason.contains(BY_THE_STAGE);
    }
}
