package io.selfheal.embedded.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** Wraps details in EventBridge's envelope and gives them to every sink. */
public final class Events {
    private final String region;
    private final String account;
    private final Supplier<String> ids;
    private final List<EventSink> sinks;

    public Events(String region, String account, Supplier<String> ids, List<EventSink> sinks) {
        this.region = region;
        this.account = account;
        this.ids = ids;
        this.sinks = List.copyOf(sinks);
    }

    /**
     * Sends one event.
     *
     * @param detail timestamps in it may be epoch seconds, as in the API; events carry ISO-8601
     */
    public void send(String type, String resource, ObjectNode detail, Instant now) {
        if (sinks.isEmpty()) {
            return;
        }
        ObjectNode event = Json.object();
        event.put("version", "0");
        event.put("id", ids.get());
        event.put("detail-type", type);
        event.put("source", "aws.ecs");
        event.put("account", account);
        event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", region);
        event.putArray("resources").add(resource);
        event.set("detail", isoTimes(detail));
        sinks.forEach(sink -> sink.accept(event));
    }

    private static ObjectNode isoTimes(ObjectNode detail) {
        for (String name : List.copyOf(
                detail.properties().stream().map(java.util.Map.Entry::getKey).toList())) {
            if (name.endsWith("At") && detail.path(name).isNumber()) {
                long millis = Math.round(detail.path(name).doubleValue() * 1000);
                detail.put(name, Instant.ofEpochMilli(millis).toString());
            }
        }
        return detail;
    }

    public void close() {
        sinks.forEach(EventSink::close);
    }
}
