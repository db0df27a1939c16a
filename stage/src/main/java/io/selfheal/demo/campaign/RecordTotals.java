package io.selfheal.demo.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.demo.measure.Distribution;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The record as lines of JSON: what it depends on, then one line for each arm and fault. Small enough to be kept in the repository. */
public final class RecordTotals {

    private RecordTotals() {}

    /** Ends in a newline. */
    public static String of(Map<String, String> environment, List<RunLine> lines) {
        ObjectNode first = JsonNodeFactory.instance.objectNode();
        environment.forEach(first.putObject("environment")::put);
        StringBuilder text = new StringBuilder(first.toString()).append('\n');
        Tally.of(lines).forEach(tally -> text.append(line(tally)).append('\n'));
        return text.toString();
    }

    private static ObjectNode line(Tally tally) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("arm", tally.arm().id())
                .put("fault", tally.fault().id())
                .put("n", tally.runs())
                .put("asExpected", tally.asExpected())
                .put("healed", tally.healed())
                .put("harmed", tally.harmed())
                .put("escalated", tally.escalated())
                .put("falseRestarts", tally.falseRestarts());
        put(line, "detectSeconds", tally.detect());
        put(line, "actSeconds", tally.act());
        put(line, "repairSeconds", tally.repair());
        return line.put("requests", tally.requests()).put("failed", tally.failed());
    }

    private static void put(ObjectNode line, String name, Optional<Distribution> figures) {
        figures.ifPresent(all -> line.putObject(name)
                .put("n", all.n())
                .put("p50", all.p50())
                .put("p95", all.p95())
                .put("max", all.max()));
    }
}
