package io.selfheal.infra.config;

import java.util.List;

/**
 * One environment, with everything in which it differs from the others. Nothing else decides about sizes.
 *
 * @param chaos whether there are experiments, and faults that a request can switch on
 * @param chaosAgent the image of the agent by which FIS reaches into a task; empty: there is none, and FIS only stops tasks
 */
public record EnvironmentSettings(
        String name,
        String region,
        Network network,
        Tasks tasks,
        DatabaseKind database,
        Healer healer,
        Access access,
        Notices notices,
        Keep keep,
        Telemetry telemetry,
        boolean chaos,
        String chaosAgent) {

    /** Whether FIS reaches into the tasks: their network, their processor. */
    public boolean reachable() {
        return !chaosAgent.isEmpty();
    }

    /**
     * The VPC.
     *
     * @param nat how many NAT gateways; with 0 the tasks stand in public subnets behind closed security groups
     */
    public record Network(String cidr, int zones, int nat) {}

    /**
     * The tasks of each service.
     *
     * @param most where autoscaling ends
     * @param spotPercent share of the tasks that run on Fargate Spot
     */
    public record Tasks(int perService, int most, Architecture architecture, int cpu, int memoryMiB, int spotPercent) {}

    /**
     * The healer.
     *
     * @param act whether it acts; else it only writes down what it would have done
     */
    public record Healer(HealerShell shell, boolean snapStart, boolean act) {}

    /**
     * Who may reach the shop.
     *
     * @param allowFrom address ranges that may reach the load balancer from outside
     */
    public record Access(AccessKind kind, List<String> allowFrom, String domain, String hostedZoneId) {}

    /**
     * What people are told.
     *
     * @param email who is told; empty: nobody is subscribed
     */
    public record Notices(String email, int monthlyBudgetUsd) {}

    /**
     * What is kept.
     *
     * @param data whether what people would miss outlives the stacks
     */
    public record Keep(int logDays, boolean data) {}

    /** What is watched besides the alarms. */
    public record Telemetry(boolean containerInsights, TransactionSearch transactionSearch) {}

    /** Of the machine that the images were built on. */
    public enum Architecture {
        ARM64,
        X86
    }

    /** X-Ray's setting of an account and region by which it takes spans. */
    public enum TransactionSearch {
        /** It is off; spans are sent as segments. */
        OFF,
        /** Somebody has switched it on. */
        THERE,
        /** This environment switches it on, and off when it is removed. */
        MAKE
    }

    public enum DatabaseKind {
        INSTANCE,
        AURORA
    }

    public enum HealerShell {
        LAMBDA,
        CONTAINER
    }

    public enum AccessKind {
        INTERNAL,
        HTTP,
        HTTPS
    }

    public boolean production() {
        return name.equals("prod");
    }

    /** The ECS cluster, as the healer's settings and its permissions name it. */
    public String cluster() {
        return "selfheal-" + name;
    }

    /** The name of an alarm about a service; policies go by it. */
    public String alarm(String service, String about) {
        return name + "-" + service + "-" + about;
    }
}
