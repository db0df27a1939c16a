package io.selfheal.observability;

import static io.selfheal.observability.Rendered.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Grafana itself can be had nowhere that the build may ask, so this checks what it would stumble over. */
class GrafanaProvisioningTest {
    private static final Path FOLDER = Rendered.MODULE.resolve("grafana/provisioning");
    private static final Path SOURCES = FOLDER.resolve("datasources/selfheal.yaml");

    @Test
    void givenALinkBetweenDataSources_thenItLeadsToOneThatIsThere() {
        Set<String> uids = sources().stream()
                .map(source -> String.valueOf(source.get("uid")))
                .collect(Collectors.toSet());
        List<String> linked = Pattern.compile("datasourceUid: (\\w+)")
                .matcher(Rendered.text(SOURCES))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(uids).containsExactlyInAnyOrder("prometheus", "jaeger", "loki", "alertmanager");
        // Exemplar to trace, trace to logs, trace to metrics, log line to trace.
        assertThat(linked)
                .containsExactlyInAnyOrder("jaeger", "loki", "prometheus", "jaeger")
                .isSubsetOf(uids);
    }

    @Test
    void givenADataSource_thenItsAddressIsAContainerOfComposeAndItsPort() {
        Map<String, Integer> ports = Map.of("prometheus", 9090, "jaeger", 16686, "loki", 3100, "alertmanager", 9093);
        for (Map<String, Object> source : sources()) {
            URI url = URI.create(String.valueOf(source.get("url")));
            assertThat(ComposeFiles.with().services()).containsKey(url.getHost());
            assertThat(url.getPort()).isEqualTo(ports.get(url.getHost()));
        }
        assertThat(sources().stream().filter(source -> Boolean.TRUE.equals(source.get("isDefault"))))
                .hasSize(1);
    }

    /** With one dollar Grafana takes it for a variable of its environment, and silently puts nothing in its place. */
    @Test
    void givenAVariableOfALink_thenItsDollarIsDoubled() {
        String text = Rendered.text(SOURCES).replaceAll("(?m)^ *#.*$", "");

        assertThat(Pattern.compile("(?<!\\$)\\$(?!\\$)")
                        .matcher(text.replace("$$", ""))
                        .find())
                .isFalse();
        assertThat(text).contains("$${__tags}", "$${__trace.traceId}", "$${__value.raw}");
    }

    @Test
    void givenTheDashboards_thenTheyAreMountedWhereTheirProviderLooks() {
        Map<String, Object> provider = list(Rendered.yaml(FOLDER.resolve("dashboards/selfheal.yaml")), "providers")
                .getFirst();
        String mounted =
                ComposeFiles.with().services().getOrDefault("grafana", Map.of()).toString();

        assertThat(String.valueOf(provider.get("options"))).contains("/var/lib/selfheal/dashboards");
        assertThat(mounted).contains("./grafana/dashboards:/var/lib/selfheal/dashboards:ro");
    }

    private static List<Map<String, Object>> sources() {
        return list(Rendered.yaml(SOURCES), "datasources");
    }
}
