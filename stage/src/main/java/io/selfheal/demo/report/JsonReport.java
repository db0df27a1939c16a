package io.selfheal.demo.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.demo.measure.Distribution;
import io.selfheal.demo.measure.Moments;
import io.selfheal.demo.measure.RunResult;
import java.time.Instant;
import java.util.Optional;

/** The report for programs. A moment that was not reached is null. */
public final class JsonReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonReport() {}

    /** The whole report, ending in a newline. */
    public static String of(Session session) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("startedAt", session.startedAt().toString());
        report.put("endedAt", session.endedAt().toString());
        report.put("asExpected", session.asExpected());
        session.environment().forEach(report.putObject("environment")::put);
        session.skipped().forEach(report.putObject("skipped")::put);
        ArrayNode summary = report.putArray("summary");
        Summary.of(session.runs()).forEach(each -> summary.add(summary(each)));
        ArrayNode runs = report.putArray("runs");
        session.runs().forEach(run -> runs.add(run(run)));
        return report.toPrettyString() + "\n";
    }

    private static ObjectNode run(RunResult run) {
        Moments moments = run.moments();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("number", run.plan().number());
        node.put("fault", run.plan().fault().id());
        node.put("service", run.plan().service());
        node.put("task", run.task().orElse(null));
        node.put("healer", run.healerOn() ? "on" : "off");
        node.put("expected", run.expected().id());
        node.put("outcome", run.verdict().outcome().id());
        node.put("asExpected", run.asExpected());
        node.put("falseRestart", run.verdict().falseRestart());
        node.put("injectedAt", moments.injectedAt().toString());
        node.put("detectedAt", text(moments.detectedAt()));
        node.put("actedAt", text(moments.actedAt()));
        node.put("healedAt", text(moments.healedAt()));
        node.put("mttrSeconds", moments.mttrSeconds().orElse(null));
        ArrayNode actions = node.putArray("actions");
        run.actions().forEach(action -> actions.addObject()
                .put("kind", action.kind())
                .put("target", action.target())
                .put("result", action.result()));
        node.put("requests", run.requests());
        node.put("failedRequests", run.failedRequests());
        moments.budget().forEach(node.putObject("budgetSeconds")::put);
        run.remarks().forEach(node.putArray("remarks")::add);
        return node;
    }

    private static ObjectNode summary(Summary summary) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("fault", summary.fault().id());
        node.put("n", summary.runs());
        node.put("asExpected", summary.asExpected());
        node.put("falseRestarts", summary.falseRestarts());
        node.put("falseRestartShare", summary.falseRestartShare());
        node.set("mttrSeconds", summary.mttr().map(JsonReport::distribution).orElse(null));
        ObjectNode budget = node.putObject("budgetSeconds");
        summary.budget().forEach((stage, figures) -> budget.set(stage, distribution(figures)));
        return node;
    }

    private static ObjectNode distribution(Distribution figures) {
        return MAPPER.createObjectNode()
                .put("n", figures.n())
                .put("p50", figures.p50())
                .put("p95", figures.p95())
                .put("max", figures.max());
    }

    @SuppressWarnings("NullAway") // JSON's null is what the format asks for
    private static String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }
}
