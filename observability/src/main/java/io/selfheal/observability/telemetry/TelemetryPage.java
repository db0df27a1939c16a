package io.selfheal.observability.telemetry;

import java.util.Comparator;
import java.util.List;

/** The registry as a page for people. */
public final class TelemetryPage {
    private TelemetryPage() {}

    /** Markdown. */
    public static String of(Registry registry) {
        StringBuilder page = new StringBuilder("""
                # What our programs tell

                Generated from [`observability/telemetry/metrics.yaml`](../observability/telemetry/metrics.yaml); change that, then run
                `./mvnw -q -pl observability compile exec:java`. The build fails where the two differ, where a live scrape of a service or of the
                healer shows a metric or a label that is not here, and where one process shows more than %d series.

                Log lines have a schema: [`observability/logs/log.schema.json`](../observability/logs/log.schema.json).

                ## Metrics

                A timer (histogram or summary) is `_sum`, `_count` and, as a gauge, `_max`; a histogram is `_bucket` besides, with the label `le`.

                | metric | type | unit | labels | shown by | meaning |
                |---|---|---|---|---|---|
                """.formatted(registry.budget()));
        registry.metrics().stream()
                .sorted(Comparator.comparing(Metric::name))
                .forEach(metric -> page.append(row(List.of(
                        code(metric.name()),
                        metric.type(),
                        metric.unit(),
                        String.join(
                                ", ",
                                metric.labels().stream()
                                        .map(TelemetryPage::code)
                                        .toList()),
                        String.join(", ", metric.services()),
                        metric.meaning()))));
        page.append("""

                ## Attributes of the healer's spans

                Each incident is one trace: `alert …`, `decide`, `act …`, `verify` and, over all of them, `incident`.

                | attribute | meaning |
                |---|---|
                """);
        registry.attributes().forEach((name, meaning) -> page.append(row(List.of(code(name), meaning))));
        return page.toString();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
