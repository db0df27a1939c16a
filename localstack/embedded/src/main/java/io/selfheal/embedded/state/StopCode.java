package io.selfheal.embedded.state;

/** AWS' stopCode, with the API's spelling. */
public enum StopCode {
    TASK_FAILED_TO_START("TaskFailedToStart"),
    ESSENTIAL_CONTAINER_EXITED("EssentialContainerExited"),
    USER_INITIATED("UserInitiated"),
    SERVICE_SCHEDULER_INITIATED("ServiceSchedulerInitiated");

    private final String text;

    StopCode(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
