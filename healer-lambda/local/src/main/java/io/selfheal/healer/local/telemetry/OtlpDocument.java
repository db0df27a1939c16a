package io.selfheal.healer.local.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.trace.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Spans as OTLP's {@code ExportTraceServiceRequest} in JSON: ids in hexadecimal, times as text because they do not fit a double. */
final class OtlpDocument {
    /** Of {@code SpanKind} and {@code StatusCode} in OTLP. */
    private static final int INTERNAL = 1;

    private static final int CLIENT = 3;
    private static final int CONSUMER = 5;
    private static final int ERROR = 2;

    private OtlpDocument() {}

    static byte[] json(Map<String, String> resource, List<Span> spans) {
        ObjectNode document = JsonTrees.object();
        ObjectNode ofHealer = document.putArray("resourceSpans").addObject();
        attributes(ofHealer.putObject("resource").putArray("attributes"), resource);
        ObjectNode scope = ofHealer.putArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "io.selfheal.healer");
        ArrayNode all = scope.putArray("spans");
        spans.forEach(span -> write(all.addObject(), span));
        return JsonTrees.write(document).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ObjectNode json, Span span) {
        json.put("traceId", span.traceId()).put("spanId", span.id());
        span.parent().ifPresent(parent -> json.put("parentSpanId", parent));
        json.put("name", span.name())
                .put("kind", kind(span.kind()))
                .put("startTimeUnixNano", nanos(span.start()))
                .put("endTimeUnixNano", nanos(span.end()));
        attributes(json.putArray("attributes"), span.attributes());
        ArrayNode links = json.putArray("links");
        span.links().forEach(link -> links.addObject()
                .put("traceId", link.traceId())
                .put("spanId", link.spanId().orElse("")));
        ObjectNode status = json.putObject("status");
        span.failure().ifPresent(why -> status.put("code", ERROR).put("message", why));
    }

    private static int kind(Span.Kind kind) {
        return switch (kind) {
            case INTERNAL -> INTERNAL;
            case CLIENT -> CLIENT;
            case CONSUMER -> CONSUMER;
        };
    }

    private static void attributes(ArrayNode to, Map<String, String> attributes) {
        attributes.forEach((name, value) ->
                to.addObject().put("key", name).putObject("value").put("stringValue", value));
    }

    private static String nanos(Instant time) {
        return time.getEpochSecond() + "%09d".formatted(time.getNano());
    }
}
