package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.Optional;

/** One claimed action as the budgets count it. */
public record ActionRecord(
        IncidentId incident, int attempt, ServiceId service, Optional<TaskId> task, ActionKind kind, Instant at) {}
