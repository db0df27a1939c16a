package io.selfheal.demo.fleet;

/** A task that is no more, and who ended it, in ECS's words. */
public record StoppedTask(String arn, String service, String stopCode, String stoppedReason) {

    /** Whether somebody called StopTask, as the healer does; ECS itself uses other codes. */
    public boolean byRequest() {
        return stopCode.equals("UserInitiated");
    }
}
