package io.selfheal.demo.fault;

import java.time.Duration;

/** One thing that the stage does to bring a fault about; a fault may take several at once. */
public sealed interface Means {

    /** Switches a fault of one task on; parameters as JSON, as the service's {@code PUT /faults/NAME} takes them. */
    record OneTask(String toggle, String parameters) implements Means {}

    /** The same on every task of the service, those that join later included. */
    record EveryTask(String toggle, String parameters) implements Means {}

    /** The same on every task of the service that calls it. */
    record EveryCaller(String toggle, String parameters) implements Means {}

    /** The usual users come so many times as often, for some time. */
    record Users(double factor, Duration time) implements Means {}

    /** So many more users of the service, each of whom waits for an answer, thinks for a while, and asks again. */
    record Crowd(int people, Duration think) implements Means {}

    /** A new revision of the service's task definition, of the same program, is deployed. */
    record Deployment() implements Means {}

    /** The same, and each of its tasks has that fault from its first request on; its health checks do not tell. */
    record BadDeployment(String toggle) implements Means {}

    /** Prometheus seems to tell Alertmanager of that alert on the task, for so long. */
    record Alarm(String name, Duration time) implements Means {}
}
