package io.selfheal.healer.server.console;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things are, as this healer knows it.
 *
 * @param at when this was put together
 * @param changes how much this healer saw happening since it started: a greater number means that something happened
 * @param services sick ones first; those beyond the first 200 are only counted
 * @param incidents those that are not over
 * @param problems what could not be read and why: what belongs there is then missing, not absent
 */
@Serdeable
public record NowView(
        Instant at,
        long changes,
        Healer healer,
        List<ServiceNow> services,
        int furtherServices,
        List<IncidentNow> incidents,
        List<PauseNow> pauses,
        List<WindowNow> windows,
        @Nullable StormNow storm,
        List<BudgetNow> budgets,
        List<String> problems) {

    boolean saysTheSameAs(NowView other) {
        return equals(new NowView(
                at,
                other.changes,
                other.healer,
                other.services,
                other.furtherServices,
                other.incidents,
                other.pauses,
                other.windows,
                other.storm,
                other.budgets,
                other.problems));
    }

    /**
     * The healer itself.
     *
     * @param policy name and version of the policy file
     * @param probes whether it looks at tasks by itself; if not, it knows only services that it had to decide about
     * @param approvals whether people can approve actions: not without HEALER_APPROVAL_KEY
     */
    @Serdeable
    record Healer(
            String cluster,
            String policy,
            String store,
            String fleet,
            Instant startedAt,
            boolean probes,
            boolean approvals,
            Links links) {}

    /**
     * Where a trace, logs and metrics are looked at, with what stands for the ends; empty where nothing is configured.
     *
     * @param trace an address with {trace}
     * @param logs an address with {service}, {task}, {from}, {to}
     * @param metrics an address with the same
     */
    @Serdeable
    record Links(String trace, String logs, String metrics) {}

    /**
     * A service as it was seen last.
     *
     * @param steady as many tasks run as are wanted, none is starting, no deployment is in progress
     * @param deployment the revision that is being rolled out
     * @param unseenSince when it was last looked at, where that is too long ago to be sure
     * @param furtherTasks tasks beyond the first 50
     */
    @Serdeable
    record ServiceNow(
            String cluster,
            String service,
            int desired,
            long running,
            boolean steady,
            @Nullable String deployment,
            @Nullable Instant unseenSince,
            List<TaskNow> tasks,
            int furtherTasks) {}

    /**
     * A task.
     *
     * @param health healthy, unready, unresponsive, unknown, starting or stopping
     * @param detail what the probe saw, where it is not well
     */
    @Serdeable
    record TaskNow(
            String arn,
            String name,
            String revision,
            String health,
            @Nullable String detail,
            @Nullable Instant startedAt) {}

    /**
     * An incident that is not over.
     *
     * @param action what is being done, and to which task
     * @param held why nothing is being done, and since when
     * @param alerts names of those that fire, at most five
     * @param asked the question to a person, if one is asked
     */
    @Serdeable
    record IncidentNow(
            String id,
            String service,
            String state,
            Instant openedAt,
            int attempts,
            @Nullable String action,
            @Nullable String task,
            @Nullable String held,
            @Nullable Instant heldSince,
            List<String> alerts,
            @Nullable AskedNow asked) {}

    /**
     * A question to a person.
     *
     * @param question stands for the action in an approval
     */
    @Serdeable
    record AskedNow(
            String action,
            @Nullable String task,
            int attempt,
            String question,
            Instant at,
            Instant expiresAt,
            @Nullable Instant grantedAt) {}

    /** A pause in force; scope is all or a service. */
    @Serdeable
    record PauseNow(String scope, String reason, String owner, Instant since, Instant until) {}

    /** A maintenance window that is open; no services means all. */
    @Serdeable
    record WindowNow(String name, List<String> services, Instant until) {}

    /** A storm that a person has to end. */
    @Serdeable
    record StormNow(Instant since, String what) {}

    /**
     * A budget of which something is spent, or one over everything.
     *
     * @param scope global, service or target
     * @param of the service or task, where it is one's
     * @param freeAt when the next action is free again
     */
    @Serdeable
    record BudgetNow(
            String scope,
            @Nullable String of,
            int limit,
            int left,
            String window,
            @Nullable Instant freeAt,
            List<String> policies) {}
}
