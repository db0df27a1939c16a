package io.selfheal.observability.slo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same alerts as alarms of CloudWatch: one for each rung, since an alarm has one query. */
final class CloudWatchAlarms {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudWatchAlarms() {}

    static String json(List<Slo> slos) {
        List<Map<String, Object>> alarms = new ArrayList<>();
        for (Slo slo : slos) {
            for (Burn burn : Burn.values()) {
                alarms.add(alarm(slo, burn));
            }
            alarms.add(absent(slo));
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put(
                "about",
                "Generated from observability/slo/*.yaml; its shape: observability/README.md. Not tried on AWS.");
        file.put("version", 1);
        file.put("alarms", alarms);
        return print(file);
    }

    private static Map<String, Object> alarm(Slo slo, Burn burn) {
        Map<String, Object> alarm =
                head(slo, burn.severity().label(), burn.severity().label() + "-" + burn.longWindow());
        alarm.put("summary", SloRules.summary(slo, burn.severity()));
        alarm.put("windows", List.of(burn.longWindow(), burn.shortWindow()));
        alarm.put("burnRate", burn.factor());
        alarm.put("threshold", slo.threshold(burn));
        alarm.put("promql", query(slo, burn));
        return tail(
                alarm,
                burn.severity() == Burn.Severity.PAGE ? 60 : 300,
                0,
                burn.severity().alert());
    }

    private static Map<String, Object> absent(Slo slo) {
        Map<String, Object> alarm = head(slo, "ticket", "absent");
        alarm.put("summary", SloRules.absentSummary(slo));
        alarm.put("windows", List.of());
        alarm.put("promql", "absent(" + new CloudWatchQuery(slo.indicator().total()).selector() + ")");
        return tail(alarm, 60, 300, "SloAbsent");
    }

    private static Map<String, Object> head(Slo slo, String severity, String suffix) {
        Map<String, Object> alarm = new LinkedHashMap<>();
        alarm.put("name", "slo-" + slo.service() + "-" + slo.name() + "-" + suffix);
        alarm.put("service", slo.service());
        alarm.put("slo", slo.name());
        alarm.put("objective", slo.target());
        alarm.put("severity", severity);
        return alarm;
    }

    private static Map<String, Object> tail(Map<String, Object> alarm, int interval, int pending, String runbook) {
        alarm.put("evaluationIntervalSeconds", interval);
        alarm.put("pendingPeriodSeconds", pending);
        alarm.put("recoveryPeriodSeconds", 0);
        alarm.put("runbook", "docs/runbooks/" + runbook + ".md");
        alarm.put("policy", SloFiles.POLICY);
        return alarm;
    }

    private static String query(Slo slo, Burn burn) {
        String threshold = slo.threshold(burn).toPlainString();
        CloudWatchQuery total = new CloudWatchQuery(slo.indicator().total());
        return "(%s > %s) and (%s > %s) and (%s > %s)"
                .formatted(
                        CloudWatchQuery.errorRatio(slo.indicator(), burn.longWindow()),
                        threshold,
                        CloudWatchQuery.errorRatio(slo.indicator(), burn.shortWindow()),
                        threshold,
                        total.rate("1h"),
                        slo.trafficFloor().toPlainString());
    }

    private static String print(Map<String, Object> file) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return JSON.writer(printer).writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the alarms cannot be written as JSON", e);
        }
    }
}
