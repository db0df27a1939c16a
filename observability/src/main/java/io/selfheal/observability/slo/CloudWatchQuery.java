package io.selfheal.observability.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A counter in the dialect of CloudWatch's PromQL. There a histogram is one metric of native samples: it has no {@code
 * _count} and no {@code _bucket{le=}}, and what Prometheus calls service_name is the resource's service.name.
 */
record CloudWatchQuery(Selector counter) {

    static String errorRatio(Indicator indicator, String window) {
        return switch (indicator) {
            case Indicator.Bad(Selector bad, Selector total) ->
                new CloudWatchQuery(bad).rate(window) + " / " + new CloudWatchQuery(total).rate(window);
            case Indicator.Good(Selector good, Selector total) ->
                "1 - histogram_fraction(0, " + bound(good) + ", sum(rate(" + new CloudWatchQuery(total).selector() + "["
                        + window + "])))";
        };
    }

    String rate(String window) {
        return "sum(histogram_count(rate(" + selector() + "[" + window + "])))";
    }

    String selector() {
        List<String> parts = new ArrayList<>();
        parts.add('"' + counter.metric().replaceAll("_(count|bucket)$", "") + '"');
        for (Selector.Label label : counter.labels()) {
            switch (label.name().toLowerCase(Locale.ROOT)) {
                case "job", "le" -> {} // there is no scrape job, and no bucket
                case "service_name" -> parts.add("\"@resource.service.name\"" + value(label));
                default -> parts.add(label.name() + value(label));
            }
        }
        return "{" + String.join(",", parts) + "}";
    }

    private static String bound(Selector good) {
        return good.equalTo("le")
                .orElseThrow(() ->
                        new IllegalArgumentException("a good counter must be a bucket with le=, is " + good.text()));
    }

    private static String value(Selector.Label label) {
        return label.operator() + '"' + label.value() + '"';
    }
}
