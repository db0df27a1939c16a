package io.selfheal.observability;

import io.selfheal.observability.anomaly.AnomalyFiles;
import io.selfheal.observability.slo.SloFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the configuration of a stack. Rendering twice gives the same bytes; existing files are replaced. */
public final class Render {
    private Render() {}

    /**
     * Writes prometheus.yml, the rule files and alertmanager.yml into {@code dir}, which is created when missing, and says how
     * to start both programs on them. The token file and the targets are the caller's to write.
     */
    public static Stack stack(Profile profile, Path dir, StackAddresses addresses) throws IOException {
        Files.createDirectories(dir);
        Path prometheus = write(dir.resolve("prometheus.yml"), text("prometheus.yml", profile, addresses));
        write(dir.resolve("rules.yml"), text("rules.yml", profile, addresses));
        write(dir.resolve("slo.rules.yml"), SloFiles.rules(profile.pace()));
        write(dir.resolve("anomaly.rules.yml"), AnomalyFiles.rules(profile.pace()));
        Path alertmanager = write(dir.resolve("alertmanager.yml"), text("alertmanager.yml", profile, addresses));
        return new Stack(
                prometheus,
                alertmanager,
                prometheusArguments(profile, prometheus, addresses),
                alertmanagerArguments(alertmanager, addresses));
    }

    static String text(String source, Profile profile, StackAddresses addresses) {
        return new Template(settings(profile, addresses)).fill(Resources.text(source));
    }

    static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }

    private static Map<String, String> settings(Profile profile, StackAddresses addresses) {
        Map<String, String> settings = new HashMap<>(profile.settings());
        settings.put("profile", profile.id());
        settings.put("cluster", quoted(addresses.cluster()));
        settings.put("targets", quoted(slashes(addresses.targets())));
        settings.put("alertmanager.address", quoted(addresses.alertmanager()));
        settings.put("healer.scheme", addresses.healer().getScheme());
        settings.put("healer.address", quoted(addresses.healer().getAuthority()));
        settings.put(
                "healer.url",
                quoted(addresses.healer().resolve("/signals/alertmanager").toString()));
        settings.put(
                "healer.targets.url",
                quoted(addresses.healer().resolve("/targets").toString()));
        settings.put("healer.token.file", quoted(slashes(addresses.healerTokenFile())));
        return settings;
    }

    private static List<String> prometheusArguments(Profile profile, Path config, StackAddresses addresses) {
        Map<String, String> settings = profile.settings();
        return List.of(
                "--config.file=" + config,
                "--web.listen-address=" + addresses.prometheus(),
                "--storage.tsdb.path=" + config.resolveSibling("prometheus-data"),
                "--storage.tsdb.retention.time=" + settings.get("retention"),
                // Off by default: the healer quotes the trace of a failed request from them.
                "--enable-feature=exemplar-storage",
                // An alert that Alertmanager missed comes again after this long; the default is a minute.
                "--rules.alert.resend-delay=" + settings.get("resend.delay"));
    }

    private static List<String> alertmanagerArguments(Path config, StackAddresses addresses) {
        return List.of(
                "--config.file=" + config,
                "--web.listen-address=" + addresses.alertmanager(),
                "--storage.path=" + config.resolveSibling("alertmanager-data"),
                // No peers: else it opens a port on all interfaces and waits for a cluster to settle.
                "--cluster.listen-address=");
    }

    private static String slashes(String path) {
        return path.replace('\\', '/');
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
