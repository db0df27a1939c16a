package io.selfheal.demo.twins;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.demo.measure.Distribution;
import io.selfheal.demo.measure.Ratio;
import java.util.Optional;

/** A comparison as one line of JSON: totals only. */
final class ComparisonLine {

    private ComparisonLine() {}

    static ObjectNode of(Comparison comparison) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("comparison", comparison.id());
        ObjectNode all = line.putObject("measured");
        put(all, comparison.subject(), comparison.subject());
        put(all, comparison.control(), comparison.subject());
        comparison.others().forEach(peer -> put(all, peer.measured(), comparison.subject()));
        return line;
    }

    private static void put(ObjectNode all, Measured measured, Measured subject) {
        ObjectNode node = all.putObject(measured.name());
        put(node, "cpuMillisARequest", measured.cpuMillis());
        put(node, "startSeconds", measured.startSeconds());
        put(node, "startCpuSeconds", measured.startCpuSeconds());
        measured.allocatedKb().ifPresent(kb -> node.put("allocatedKbARequest", kb));
        measured.residentMegabytes().ifPresent(megabytes -> node.put("residentMegabytes", megabytes));
        ratio(node, "subjectsCpuToIt", subject.cpuTo(measured));
        ratio(node, "subjectsStartToIt", subject.startTo(measured));
    }

    private static void put(ObjectNode node, String name, Optional<Distribution> figures) {
        figures.ifPresent(all -> node.putObject(name)
                .put("n", all.n())
                .put("p50", all.p50())
                .put("p95", all.p95())
                .put("max", all.max()));
    }

    private static void ratio(ObjectNode node, String name, Optional<Ratio> ratio) {
        ratio.ifPresent(it -> node.putObject(name)
                .put("median", it.median())
                .put("low", it.low())
                .put("high", it.high()));
    }
}
