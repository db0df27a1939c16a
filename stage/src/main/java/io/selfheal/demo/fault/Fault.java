package io.selfheal.demo.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that {@code ./demo} can do to one task of a service, and the controls that do nothing to it. */
public enum Fault {
    HANG(
            "hang",
            Kind.GRAY,
            Needs.ANYTHING,
            "{}",
            "the process lives, but no request is ever answered, health checks included"),
    DEADLOCK(
            "deadlock",
            Kind.GRAY,
            Needs.ANYTHING,
            "{}",
            "two threads wait for each other; business requests never return, the port still answers"),
    ERRORS("errors", Kind.GRAY, Needs.PROMETHEUS, "{}", "every business request answers 500"),
    LATENCY(
            "latency",
            Kind.GRAY,
            Needs.PROMETHEUS,
            "{\"delay\":\"PT0.5S\"}",
            "every business request takes 0.5 s longer"),
    POOL_EXHAUSTION(
            "pool-exhaustion",
            Kind.GRAY,
            Needs.ANYTHING,
            "{}",
            "every database connection is taken and never given back"),
    UNREADY("unready", Kind.GRAY, Needs.ANYTHING, "{}", "the task says that it is not ready, for ever"),
    CRASH(
            "crash",
            Kind.CRASH,
            Needs.ANYTHING,
            "{}",
            "the process ends with exit code 137; ECS replaces it, the healer stays out"),
    LOAD_SPIKE(
            "load-spike",
            Kind.CONTROL,
            Needs.ANYTHING,
            "{}",
            "control: four times the load for ten seconds, nothing is broken"),
    FAILED_SCRAPE(
            "failed-scrape",
            Kind.CONTROL,
            Needs.PROMETHEUS,
            "{\"count\":1}",
            "control: one scrape of the metrics fails, nothing is broken");

    /** How a fault shows itself, which decides what ought to happen. */
    public enum Kind {
        /** The orchestrator sees a running task; only users (and the healer) notice. */
        GRAY,
        /** The orchestrator sees it and replaces the task by itself. */
        CRASH,
        /** Nothing is wrong: any action is a false restart. */
        CONTROL
    }

    /** What has to be running for the fault to be detectable at all. */
    private enum Needs {
        ANYTHING,
        PROMETHEUS
    }

    private static final List<String> SERVICES = List.of("user", "product", "order");

    private final String id;
    private final Kind kind;
    private final Needs needs;
    private final String parameters;
    private final String sentence;

    Fault(String id, Kind kind, Needs needs, String parameters, String sentence) {
        this.id = id;
        this.kind = kind;
        this.needs = needs;
        this.parameters = parameters;
        this.sentence = sentence;
    }

    /** The name on the command line and in the report. */
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** Parameters of the toggle as JSON, as the service's {@code PUT /faults/NAME} takes them. */
    public String parameters() {
        return parameters;
    }

    /** One line for a person. */
    public String sentence() {
        return sentence;
    }

    /** The name of the service's toggle; empty where the stage does it by itself. */
    public Optional<String> toggle() {
        return switch (this) {
            case LOAD_SPIKE -> Optional.empty();
            case FAILED_SCRAPE -> Optional.of("scrape-failure");
            case HANG, DEADLOCK, ERRORS, LATENCY, POOL_EXHAUSTION, UNREADY, CRASH -> Optional.of(id);
        };
    }

    /** The services on which this fault makes sense; all three have a database. */
    public List<String> services() {
        return SERVICES;
    }

    /** Whether only metrics show this fault: the healer's own probe cannot see it. */
    public boolean needsPrometheus() {
        return needs == Needs.PROMETHEUS;
    }

    /** What ought to happen. Without a healer nobody acts on a gray fault: it is expected to stay as it is. */
    public Expected expected(boolean healerOn) {
        return kind == Kind.GRAY && healerOn ? Expected.HEALED : Expected.UNTOUCHED;
    }

    /** The fault of that name. */
    public static Optional<Fault> named(String name) {
        return Arrays.stream(values()).filter(fault -> fault.id.equals(name)).findFirst();
    }
}
