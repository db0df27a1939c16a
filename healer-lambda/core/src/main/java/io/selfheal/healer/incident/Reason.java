package io.selfheal.healer.incident;

/**
 * Why something was decided: a closed vocabulary which is the metric label, the log field and the history entry alike.
 * A guardrail that cannot read what it needs refuses with {@link #FACTS_UNKNOWN}, never lets pass.
 */
public enum Reason {
    // What happened
    ALERT_FIRING,
    ALERT_RESOLVED,
    FLEET_EVENT,
    // Why it acts
    SICK_TASK,
    SERVICE_SICK,
    SATURATED,
    BAD_RELEASE,
    RETRY_STORM,
    REPLACEMENT_READY,
    MEASURE_DUE,
    // Why it waits
    STABILISING,
    REPLACEMENT_IN_PROGRESS,
    ACTION_IN_FLIGHT,
    NOT_YET_HEALED,
    // Why it refuses
    PAUSED,
    MAINTENANCE_WINDOW,
    SILENCED,
    SHADOW,
    NO_POLICY,
    FACTS_UNKNOWN,
    EVIDENCE_MISSING,
    RELEASE_SUSPECTED,
    MEASURE_STANDS,
    DEPLOYMENT_IN_PROGRESS,
    COOLDOWN,
    BUDGET_SPENT,
    STORM,
    FLAPPING,
    HEALTHY_FLOOR,
    NO_SICK_TASK,
    MANY_SICK_TASKS,
    CALLEE_SICK,
    LEFT_OVER,
    NOT_CONFIRMED,
    WARMING_UP,
    APPROVAL_REQUIRED,
    NOT_APPROVED,
    // What a person answered
    APPROVED,
    APPROVAL_REFUSED,
    // How an action ended
    ACTION_ACCEPTED,
    ACTION_REFUSED,
    ACTION_FAILED,
    LEASE_EXPIRED,
    // How it ends
    VERIFIED,
    RECOVERED,
    NOT_HEALED_IN_TIME,
    LADDER_EXHAUSTED,
    THREE_STRIKES,
    POLICY_ESCALATES
}
