package io.selfheal.demo.fault;

import io.selfheal.demo.fault.Means.Alarm;
import io.selfheal.demo.fault.Means.BadDeployment;
import io.selfheal.demo.fault.Means.Crowd;
import io.selfheal.demo.fault.Means.Deployment;
import io.selfheal.demo.fault.Means.EveryCaller;
import io.selfheal.demo.fault.Means.EveryTask;
import io.selfheal.demo.fault.Means.OneTask;
import io.selfheal.demo.fault.Means.Users;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that {@code ./demo} can do to the shop, and the controls that break nothing. */
public enum Fault {
    HANG(
            "hang",
            Kind.GRAY,
            Needs.ANYTHING,
            "the process lives, but no request is ever answered, health checks included",
            new OneTask("hang", "{}")),
    DEADLOCK(
            "deadlock",
            Kind.GRAY,
            Needs.ANYTHING,
            "two threads wait for each other; business requests never return, the port still answers",
            new OneTask("deadlock", "{}")),
    ERRORS("errors", Kind.GRAY, Needs.PROMETHEUS, "every business request answers 500", new OneTask("errors", "{}")),
    LATENCY(
            "latency",
            Kind.GRAY,
            Needs.PROMETHEUS,
            "every business request takes 0.5 s longer",
            new OneTask("latency", "{\"delay\":\"PT0.5S\"}")),
    POOL_EXHAUSTION(
            "pool-exhaustion",
            Kind.GRAY,
            Needs.ANYTHING,
            "every database connection is taken and never given back",
            new OneTask("pool-exhaustion", "{}")),
    MEMORY_LEAK(
            "memory-leak",
            Kind.GRAY,
            Needs.PROMETHEUS,
            "the task keeps 5 MB more every second, until its old generation is full; its replacement comes first, and users notice nothing",
            new OneTask("memory-leak", "{\"rate\":5,\"ceiling\":72}")),
    CPU_BURN(
            "cpu-burn",
            Kind.GRAY,
            Needs.PROMETHEUS,
            "two threads of the task compute without end; users may notice nothing",
            new OneTask("cpu-burn", "{\"threads\":2}")),
    UNREADY(
            "unready",
            Kind.GRAY,
            Needs.ANYTHING,
            "the task says that it is not ready, for ever",
            new OneTask("unready", "{}")),
    PRODUCT_DOWN(
            "product-down",
            Kind.SHARED,
            Needs.ANYTHING,
            "every task of product fails and says so, as when its database is gone; a person is called, and nothing restarted",
            new EveryTask("unready", "{}"),
            new EveryTask("errors", "{\"status\":\"503\"}")),
    SLOW_DEPENDENCY(
            "slow-dependency",
            Kind.SHARED,
            Needs.PROMETHEUS,
            "every task of product answers 0.5 s late, its health checks do not; order works on without it, and a person is called",
            new EveryTask("latency", "{\"delay\":\"PT0.5S\"}")),
    SATURATION(
            "saturation",
            Kind.OVERLOAD,
            Needs.PROMETHEUS,
            "more users come to order than two small tasks serve in time, and nothing fails; a third task heals it, and leaves again",
            new EveryTask("throttle", "{\"rate\":70}"),
            new Crowd(320, Duration.ofSeconds(2))),
    RETRY_STORM(
            "retry-storm",
            Kind.STORM,
            Needs.PROMETHEUS,
            "a short spike is over, and order's repeats alone keep product overloaded; no restart helps, fewer requests for a while do",
            new EveryTask("retry-storm", "{\"places\":2,\"work\":\"PT0.087S\",\"backlog\":\"PT4S\"}"),
            new EveryCaller("no-breaker", "{}"),
            new Users(4, Duration.ofSeconds(6))),
    BAD_RELEASE(
            "bad-release",
            Kind.RELEASE,
            Needs.PROMETHEUS,
            "a new revision is deployed whose tasks are healthy and fail every business request; it is rolled back, and nothing restarted",
            new BadDeployment("errors")),
    CRASH(
            "crash",
            Kind.CRASH,
            Needs.ANYTHING,
            "the process ends with exit code 137; ECS replaces it, the healer stays out",
            new OneTask("crash", "{}")),
    LOAD_SPIKE(
            "load-spike",
            Kind.CONTROL,
            Needs.ANYTHING,
            "control: four times the load for ten seconds, nothing is broken",
            new Users(4, Duration.ofSeconds(10))),
    FAILED_SCRAPE(
            "failed-scrape",
            Kind.CONTROL,
            Needs.PROMETHEUS,
            "control: one scrape of the metrics fails, nothing is broken",
            new OneTask("scrape-failure", "{\"count\":1}")),
    ROLLING_DEPLOYMENT(
            "rolling-deployment",
            Kind.CONTROL,
            Needs.ANYTHING,
            "control: a new revision that is as good as the old one is deployed under load",
            new Deployment()),
    TRAFFIC_DROP(
            "traffic-drop",
            Kind.CONTROL,
            Needs.ANYTHING,
            "control: for twenty seconds there are no users at all, nothing is broken",
            new Users(0, Duration.ofSeconds(20))),
    SLOW_REQUEST(
            "slow-request",
            Kind.CONTROL,
            Needs.ANYTHING,
            "control: one single request takes six seconds, nothing is broken",
            new OneTask("latency", "{\"delay\":\"PT6S\",\"count\":1}")),
    SELF_RESOLVING_ALERT(
            "self-resolving-alert",
            Kind.CONTROL,
            Needs.PROMETHEUS,
            "control: errors for 0.3 s, and an alert that ends by itself before anybody could look",
            new OneTask("errors", "{\"ttl\":\"PT0.3S\"}"),
            new Alarm("TaskDown", Duration.ofSeconds(2)));

    /** How a fault shows itself, which decides what ought to happen. */
    public enum Kind {
        /** The orchestrator sees a running task; only users (and the healer) notice. */
        GRAY,
        /** All tasks of a service share it: restarting any of them helps nobody, a person has to look. */
        SHARED,
        /** Every task is well, and all together are too few. */
        OVERLOAD,
        /** Every task of a new revision has it, and the revision before was good. */
        RELEASE,
        /** What brought the overload about is over, and it stays: less load for a while heals it, and nothing else. */
        STORM,
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
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // List.of of records
    private final List<Means> means;

    Fault(String id, Kind kind, Needs needs, String sentence, Means... means) {
        this.id = id;
        this.kind = kind;
        this.needs = needs;
        this.sentence = sentence;
        this.means = List.of(means);
    }

    /** The name on the command line and in the report. */
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** How the stage brings it about. */
    public List<Means> means() {
        return means;
    }

    /** One line for a person. */
    public String sentence() {
        return sentence;
    }

    /** Whether one task is chosen for it. */
    public boolean ofOneTask() {
        return means.stream().anyMatch(OneTask.class::isInstance);
    }

    /** Whether it is about no single service. */
    public boolean ofTheWholeShop() {
        return means.stream().allMatch(Users.class::isInstance);
    }

    /** The services on which this fault makes sense. */
    public List<String> services() {
        if (kind == Kind.SHARED || kind == Kind.STORM) {
            // Somebody calls it, and repeats what fails.
            return List.of("product");
        }
        // Nobody calls order: what is too much for the others makes order fail, too.
        return this == SATURATION ? List.of("order") : SERVICES;
    }

    /** Whether users may notice nothing of it for long: then an alert on the task is its only symptom. */
    public boolean silent() {
        return this == MEMORY_LEAK || this == CPU_BURN;
    }

    /** Whether it can be healed so that users do not notice that either: the task serves until its replacement does. */
    public boolean gently() {
        return this == MEMORY_LEAK;
    }

    /** Whether callers have to be told to do without the service before anything more is to be seen. */
    public boolean slowsCallers() {
        return this == SLOW_DEPENDENCY;
    }

    /** Whether only metrics show this fault: the healer's own probe cannot see it. */
    public boolean needsPrometheus() {
        return needs == Needs.PROMETHEUS;
    }

    /** What ought to happen. Without a healer nobody acts on what ECS does not see: it is expected to stay as it is. */
    public Expected expected(boolean healerOn) {
        return switch (kind) {
            case GRAY, OVERLOAD, RELEASE, STORM -> healerOn ? Expected.HEALED : Expected.UNTOUCHED;
            case SHARED -> healerOn ? Expected.ESCALATED : Expected.UNTOUCHED;
            case CRASH, CONTROL -> Expected.UNTOUCHED;
        };
    }

    /** The fault of that name. */
    public static Optional<Fault> named(String name) {
        return Arrays.stream(values()).filter(fault -> fault.id.equals(name)).findFirst();
    }
}
