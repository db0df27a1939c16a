package io.selfheal.healer.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ActionKind;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.json.JsonTrees;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The JSON of states and actions. */
final class StateCodec {

    private StateCodec() {}

    static ObjectNode writeState(IncidentState state) {
        ObjectNode json = JsonTrees.object().put("phase", state.phase().name());
        switch (state) {
            case IncidentState.Open() -> {}
            case IncidentState.Acting(Action action, int attempt, Instant leaseUntil) -> {
                json.set("action", writeAction(action));
                json.put("attempt", attempt).put("leaseUntil", leaseUntil.toString());
            }
            case IncidentState.Verifying verifying -> {
                json.set("action", writeAction(verifying.action()));
                json.put("attempt", verifying.attempt())
                        .put("since", verifying.since().toString())
                        .put("deadline", verifying.deadline().toString());
                verifying.wellSince().ifPresent(at -> json.put("wellSince", at.toString()));
            }
            case IncidentState.Settling(Instant healedAt) -> json.put("healedAt", healedAt.toString());
            case IncidentState.Resolved(Instant at) -> json.put("at", at.toString());
            case IncidentState.Escalated(Instant at, Reason reason) ->
                json.put("at", at.toString()).put("reason", reason.name());
        }
        return json;
    }

    static IncidentState readState(JsonNode json) {
        return switch (Phase.valueOf(text(json, "phase"))) {
            case OPEN -> new IncidentState.Open();
            case ACTING ->
                new IncidentState.Acting(
                        readAction(json.path("action")), json.path("attempt").asInt(), time(json, "leaseUntil"));
            case VERIFYING ->
                new IncidentState.Verifying(
                        readAction(json.path("action")),
                        json.path("attempt").asInt(),
                        time(json, "since"),
                        time(json, "deadline"),
                        timeIfThere(json, "wellSince"));
            case SETTLING -> new IncidentState.Settling(time(json, "healedAt"));
            case RESOLVED -> new IncidentState.Resolved(time(json, "at"));
            case ESCALATED -> new IncidentState.Escalated(time(json, "at"), readReason(json));
        };
    }

    static ObjectNode writeAction(Action action) {
        ObjectNode json = JsonTrees.object()
                .put("kind", action.kind().word())
                .put("service", action.service().toString());
        switch (action) {
            case Action.RestartTask(ServiceId _, TaskId task) -> json.put("task", task.arn());
            case Action.Redeploy(ServiceId _) -> {}
            case Action.ScaleOut(ServiceId _, int from, int to, Duration returnAfter) ->
                json.put("from", from).put("to", to).put("returnAfter", returnAfter.toString());
            case Action.ScaleBack(ServiceId _, int from, int to) ->
                json.put("from", from).put("to", to);
            case Action.SurgeRestart(ServiceId _, TaskId task, int from, int to, Duration within) ->
                json.put("task", task.arn()).put("from", from).put("to", to).put("within", within.toString());
            case Action.ShiftTraffic(ServiceId _, TaskId task, int from, int to, Duration keepFor) ->
                json.put("task", task.arn()).put("from", from).put("to", to).put("keepFor", keepFor.toString());
            case Action.Retire(ServiceId _, TaskId task, int from, int to, boolean aside) ->
                json.put("task", task.arn()).put("from", from).put("to", to).put("aside", aside);
            case Action.RollBack(ServiceId _, String bad, String good) ->
                json.put("bad", bad).put("good", good);
            case Action.Degrade(ServiceId _, ServiceId callee, Duration lasting) ->
                json.put("callee", callee.toString()).put("lasting", lasting.toString());
            case Action.Shed(ServiceId _, int admitPercent, Duration lasting) ->
                json.put("admitPercent", admitPercent).put("lasting", lasting.toString());
            case Action.Restore(ServiceId _, Mode mode) -> json.put("mode", mode.word());
        }
        return json;
    }

    static Action readAction(JsonNode json) {
        ServiceId service = ServiceId.parse(text(json, "service"));
        ActionKind kind = ActionKind.ofWord(text(json, "kind"))
                .orElseThrow(() -> new IllegalArgumentException("kind: unknown action '" + json.path("kind") + "'"));
        int from = json.path("from").asInt();
        int to = json.path("to").asInt();
        return switch (kind) {
            case RESTART_TASK -> new Action.RestartTask(service, task(json));
            case REDEPLOY -> new Action.Redeploy(service);
            case SCALE_OUT -> new Action.ScaleOut(service, from, to, duration(json, "returnAfter"));
            case SCALE_BACK -> new Action.ScaleBack(service, from, to);
            case SURGE_RESTART -> new Action.SurgeRestart(service, task(json), from, to, duration(json, "within"));
            case SHIFT_TRAFFIC -> new Action.ShiftTraffic(service, task(json), from, to, duration(json, "keepFor"));
            case RETIRE ->
                new Action.Retire(
                        service, task(json), from, to, json.path("aside").asBoolean());
            case ROLL_BACK -> new Action.RollBack(service, text(json, "bad"), text(json, "good"));
            case DEGRADE ->
                new Action.Degrade(service, ServiceId.parse(text(json, "callee")), duration(json, "lasting"));
            case SHED -> new Action.Shed(service, json.path("admitPercent").asInt(), duration(json, "lasting"));
            case RESTORE -> new Action.Restore(service, Mode.ofWord(text(json, "mode")));
        };
    }

    private static TaskId task(JsonNode json) {
        return new TaskId(text(json, "task"));
    }

    private static Duration duration(JsonNode json, String field) {
        return Duration.parse(text(json, field));
    }

    static Reason readReason(JsonNode json) {
        return Reason.valueOf(text(json, "reason"));
    }

    static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + ": expected text, was " + value.getNodeType());
        }
        return value.asText();
    }

    static Instant time(JsonNode json, String field) {
        return Instant.parse(text(json, field));
    }

    static Optional<Instant> timeIfThere(JsonNode json, String field) {
        return json.hasNonNull(field) ? Optional.of(time(json, field)) : Optional.empty();
    }
}
