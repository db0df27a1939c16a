package io.selfheal.healer.aws.cloudwatch;

/** The metrics of a task. Each is a sum, told in every period, also when it is 0. */
enum TaskMetric {
    /** Requests of users and callers that the task answered. */
    REQUESTS("Requests"),
    /** Of those, the ones that failed through a fault of the task itself, not of what it calls. */
    ERRORS("Errors"),
    /** Of those, the ones that took longer than the service promises. */
    SLOW("SlowRequests");

    private final String metricName;

    TaskMetric(String metricName) {
        this.metricName = metricName;
    }

    String metricName() {
        return metricName;
    }
}
