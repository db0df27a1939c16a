package io.selfheal.demo.fault;

/** One fault on one task of one service; {@code taskIndex} counts the service's running tasks ordered by ARN. */
public record PlannedRun(int number, Fault fault, String service, int taskIndex) {

    public PlannedRun {
        if (number < 1 || taskIndex < 0) {
            throw new IllegalArgumentException("number must be >= 1 and taskIndex >= 0: " + number + ", " + taskIndex);
        }
    }
}
