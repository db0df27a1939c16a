package io.selfheal.healer.server.stage;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What Alertmanager sends, version 4. */
public final class Webhooks {

    /** One alert of a webhook. */
    public record Sick(String service, String task, Instant startsAt) {}

    private Webhooks() {}

    public static String firing(String service, String task) {
        return firing(List.of(new Sick(service, task, Instant.now())));
    }

    public static String firing(List<Sick> alerts) {
        return webhook("firing", alerts);
    }

    public static String resolved(List<Sick> alerts) {
        return webhook("resolved", alerts);
    }

    private static String webhook(String status, List<Sick> alerts) {
        String list = alerts.stream().map(alert -> alert(status, alert)).collect(Collectors.joining(","));
        return """
                {"version":"4","groupKey":"{}:{}","truncatedAlerts":0,"status":"%s","receiver":"healer","groupLabels":{},
                 "commonLabels":{},"commonAnnotations":{},"externalURL":"http://am","alerts":[%s]}""".formatted(status, list);
    }

    private static String alert(String status, Sick alert) {
        String ends =
                status.equals("firing") ? "0001-01-01T00:00:00Z" : Instant.now().toString();
        return """
                {"status":"%s","labels":{"alertname":"TaskUnready","service_name":"%s","cluster":"selfheal",
                 "task_arn":"%s","severity":"page","heal":"auto"},"annotations":{"summary":"test"},
                 "startsAt":"%s","endsAt":"%s","generatorURL":"http://prom","fingerprint":"%016x"}""".formatted(
                        status,
                        alert.service(),
                        alert.task(),
                        alert.startsAt(),
                        ends,
                        Integer.toUnsignedLong((alert.service() + alert.task()).hashCode()));
    }
}
