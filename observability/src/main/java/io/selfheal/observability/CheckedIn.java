package io.selfheal.observability;

import io.selfheal.observability.anomaly.AnomalyFiles;
import io.selfheal.observability.dashboard.DashboardFiles;
import io.selfheal.observability.slo.SloFiles;
import io.selfheal.observability.telemetry.RegistryFile;
import io.selfheal.observability.telemetry.TelemetryPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The rendered files that are checked in, for readers and for tools that know nothing of the renderer. */
final class CheckedIn {
    private CheckedIn() {}

    /** Renders them again into the module's folder, the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path module = Path.of(arguments[0]);
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = module.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("."));
            Render.write(path, file.getValue());
        }
    }

    /** Path under the module's folder to content. */
    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (Profile profile : Profile.values()) {
            for (String name : new String[] {"prometheus.yml", "rules.yml", "rules.test.yml"}) {
                files.put("prometheus/" + profile.id() + "/" + name, text(name, profile));
            }
            files.put("prometheus/" + profile.id() + "/slo.rules.yml", SloFiles.rules(profile.pace()));
            files.put("prometheus/" + profile.id() + "/slo.rules.test.yml", SloFiles.ruleTests(profile.pace()));
            files.put("prometheus/" + profile.id() + "/anomaly.rules.yml", AnomalyFiles.rules(profile.pace()));
            files.put("prometheus/" + profile.id() + "/anomaly.rules.test.yml", AnomalyFiles.ruleTests(profile.pace()));
            files.put("alertmanager/" + profile.id() + "/alertmanager.yml", text("alertmanager.yml", profile));
            files.put("prometheus/" + profile.id() + "/stack.yml", composed("prometheus-stack.yml", profile));
            files.put("alertmanager/" + profile.id() + "/stack.yml", composed("alertmanager.yml", profile));
        }
        files.put("../docs/telemetry.md", TelemetryPage.of(RegistryFile.ours()));
        DashboardFiles.files().forEach((name, json) -> files.put("grafana/dashboards/" + name, json));
        files.put("slo/cloudwatch-alarms.json", SloFiles.cloudWatchAlarms());
        return files;
    }

    private static String composed(String name, Profile profile) {
        return Render.text(name, profile, StackAddresses.compose());
    }

    private static String text(String name, Profile profile) {
        return Render.text(name, profile, StackAddresses.defaults());
    }
}
