package io.selfheal.demo.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.demo.fault.Expected;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.measure.Moments;
import io.selfheal.demo.measure.Outcome;
import io.selfheal.demo.measure.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * One finished run.
 *
 * @param key what it depends on: only lines of one key are counted together
 * @param round which of the runs of its arm and fault
 * @param acted whether the healer did anything at all
 * @param load processes that wanted a processor in the last minute
 */
public record RunLine(
        String key,
        Arm arm,
        Fault fault,
        int round,
        Outcome outcome,
        boolean falseRestart,
        boolean acted,
        Optional<Double> detect,
        Optional<Double> act,
        Optional<Double> repair,
        int requests,
        int failed,
        Instant at,
        double load) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double MILLIS = 1000;

    /** Of a run that has just ended. */
    public static RunLine of(String key, Arm arm, int round, RunResult run, double load) {
        Moments moments = run.moments();
        return new RunLine(
                key,
                arm,
                run.plan().fault(),
                round,
                run.verdict().outcome(),
                run.verdict().falseRestart(),
                !run.actions().isEmpty(),
                after(moments, moments.alertedAt().or(moments::detectedAt)),
                after(moments, moments.actedAt()),
                moments.mttrSeconds(),
                run.requests(),
                run.failedRequests(),
                moments.injectedAt(),
                load);
    }

    private static Optional<Double> after(Moments moments, Optional<Instant> at) {
        return at.filter(when -> !when.isBefore(moments.injectedAt()))
                .map(when -> Duration.between(moments.injectedAt(), when).toMillis() / MILLIS);
    }

    /** Whether users were well again at the end, and not only for a moment while the fault went on. */
    public boolean healed() {
        boolean goesOn = outcome == Outcome.UNTOUCHED && fault.expected(true) != Expected.UNTOUCHED;
        return repair.isPresent() && !goesOn;
    }

    /** Whether something was done that ought not to have been, or something was done and users are unwell. */
    public boolean harmed() {
        return falseRestart || outcome == Outcome.TOUCHED || (acted && outcome == Outcome.NOT_HEALED);
    }

    /** Whether a person was called. */
    public boolean escalated() {
        return outcome == Outcome.ESCALATED;
    }

    /** Whether it ended as the catalogue says that it should; ECS alone is watched for so long that its health check may mend it, too. */
    public boolean asExpected() {
        boolean byEcs = arm == Arm.ECS && outcome == Outcome.RECOVERED;
        return (byEcs || outcome.id().equals(fault.expected(arm.healerOn()).id())) && !falseRestart;
    }

    String json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("key", key)
                .put("arm", arm.id())
                .put("fault", fault.id())
                .put("round", round)
                .put("outcome", outcome.id())
                .put("falseRestart", falseRestart)
                .put("acted", acted);
        detect.ifPresent(seconds -> line.put("detect", seconds));
        act.ifPresent(seconds -> line.put("act", seconds));
        repair.ifPresent(seconds -> line.put("repair", seconds));
        return line.put("requests", requests)
                .put("failed", failed)
                .put("at", at.toString())
                .put("load", load)
                .toString();
    }

    /** Empty for what is no such line, as the half of one that a kill left. */
    static Optional<RunLine> parse(String text) {
        try {
            JsonNode line = MAPPER.readTree(text);
            Optional<Arm> arm = Arm.named(line.path("arm").asText());
            Optional<Fault> fault = Fault.named(line.path("fault").asText());
            Optional<Outcome> outcome = Arrays.stream(Outcome.values())
                    .filter(each -> each.id().equals(line.path("outcome").asText()))
                    .findFirst();
            if (arm.isEmpty() || fault.isEmpty() || outcome.isEmpty() || !line.hasNonNull("load")) {
                return Optional.empty();
            }
            return Optional.of(new RunLine(
                    line.path("key").asText(),
                    arm.get(),
                    fault.get(),
                    line.path("round").asInt(),
                    outcome.get(),
                    line.path("falseRestart").asBoolean(),
                    line.path("acted").asBoolean(),
                    seconds(line, "detect"),
                    seconds(line, "act"),
                    seconds(line, "repair"),
                    line.path("requests").asInt(),
                    line.path("failed").asInt(),
                    Instant.parse(line.path("at").asText()),
                    line.path("load").asDouble()));
        } catch (JsonProcessingException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> seconds(JsonNode line, String name) {
        return line.hasNonNull(name) ? Optional.of(line.path(name).asDouble()) : Optional.empty();
    }
}
