package io.selfheal.observability.capacity;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The fitted law as recording rules of constants: a load test is over when Prometheus would scrape it, and its outcome should stay. */
final class LawRules {
    static final Path FILE = Path.of("observability/prometheus/stack/usl.rules.yml");

    private LawRules() {}

    static String of(ScalabilityLaw law, String service, String path, Instant measured) {
        Map<String, Double> values = new TreeMap<>();
        values.put("usl:lambda", law.lambda());
        values.put("usl:sigma", law.sigma());
        values.put("usl:kappa", law.kappa());
        values.put("usl:peak", law.peak());
        values.put("usl:measured_timestamp_seconds", (double) measured.getEpochSecond());
        StringBuilder rules = new StringBuilder("""
                # What the last step load test found: written by the capacity report (observability/README.md), which writes docs/capacity.md, too.
                groups:
                  - name: usl
                    interval: 15s
                    rules:
                """);
        values.forEach((name, value) -> {
            // The peak of a law that nothing holds up.
            if (Double.isFinite(value)) {
                rules.append(String.format(
                        Locale.ROOT,
                        "      - {record: '%s', expr: 'vector(%s)', labels: {service_name: '%s', path: '%s'}}\n",
                        name,
                        value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value),
                        service,
                        path));
            }
        });
        return rules.toString();
    }
}
