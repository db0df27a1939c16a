package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFilesTest {
    /** It lends its program and ends. */
    private static final String ENDS_AT_ONCE = "probe";

    @ParameterizedTest
    @CsvSource({
        "full, 4096, ",
        "full, 4096, dev",
        "full, 4096, staging",
        "full, 4096, prod",
        "lite, 2560, lite",
        "'', 2560, shop"
    })
    void givenAProfile_thenTheLimitsOfItsContainersStayBelowWhatIsPromised(String profile, int most, String overlay) {
        ComposeFiles files = overlay == null ? ComposeFiles.with() : ComposeFiles.with(overlay);

        assertThat(files.started(profile).memoryMib()).isPositive().isLessThanOrEqualTo(most);
    }

    @Test
    void givenTheFullProfile_thenEverythingThatIsPromisedRuns() {
        assertThat(ComposeFiles.with().started("full").services().keySet())
                .contains("user", "product", "order", "database", "healer", "prometheus", "alertmanager", "grafana")
                .contains("loki", "jaeger", "collector", "load");
        assertThat(ComposeFiles.with().started("").services().keySet())
                .containsExactlyInAnyOrder("user", "product", "order", "database", "healer");
        assertThat(ComposeFiles.with("prod").services().get("load")).containsEntry("scale", 0);
    }

    @Test
    void givenAnImage_thenItsVersionStandsInOnePlaceAndIsNeverLatest() {
        for (Map<String, Object> service : ComposeFiles.with().services().values()) {
            String image = String.valueOf(service.get("image"));
            assertThat(image).matches("[a-z0-9./-]+:\\$\\{[A-Z0-9_]+_VERSION[^}]*}");
            assertThat(ComposeFiles.filled(image)).matches("[a-z0-9./-]+:v?\\d+\\.\\d+[A-Za-z0-9.-]*");
        }
    }

    @Test
    void givenAContainer_thenItHasAHealthCheckAndGivesUpWhatItDoesNotNeed() {
        ComposeFiles.with().services().forEach((name, service) -> {
            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
            if (!name.equals(ENDS_AT_ONCE)) {
                assertThat(service).as(name).containsKey("healthcheck");
                // Into these a secret of the environment is copied.
                assertThat(service.get("read_only")).as(name).isEqualTo(!service.containsKey("secrets"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev", "staging", "prod", "lite", "shop"})
    void givenAPort_thenItIsPublishedOnTheLoopbackOnly(String overlay) {
        ComposeFiles files = overlay.isEmpty() ? ComposeFiles.with() : ComposeFiles.with(overlay);
        files.services().forEach((name, service) -> assertThat((List<?>) service.getOrDefault("ports", List.of()))
                .as(name)
                .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:")));
        assertThat(files.services().get("database")).doesNotContainKey("ports");
    }

    @Test
    void givenProduction_thenNothingFallsBackToASecretThatEverybodyKnows() {
        String overlay = Rendered.text(ComposeFiles.ROOT.resolve("observability/overlays/prod.yaml"));

        assertThat(overlay)
                .contains("${SHOP_DB_PASSWORD:?", "${GRAFANA_ADMIN_PASSWORD:?", "FAULTS_ENABLED: \"false\"")
                .contains("GF_AUTH_ANONYMOUS_ENABLED: \"false\"", "tail-sampling.yaml");
        assertThat(ComposeFiles.environment().keySet()).noneMatch(key -> key.matches(".*(PASSWORD|TOKEN|SECRET|KEY)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void givenAnEnvironmentWithAPasswordOfItsOwn_thenItsDataIsItsOwn(String environment) {
        String overlay = Rendered.text(ComposeFiles.ROOT.resolve("observability/overlays/" + environment + ".yaml"));
        Pattern volume = Pattern.compile("(?m)^  (\\w+):$");
        for (String file : List.of("compose.yaml", "observability/compose.yaml")) {
            String text = Rendered.text(ComposeFiles.ROOT.resolve(file));
            volume.matcher(text.substring(text.indexOf("\nvolumes:\n") + 1))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !name.equals(ENDS_AT_ONCE))
                    .forEach(name -> assertThat(overlay)
                            .contains("\n  " + name + ": {name: selfheal_" + environment + "_" + name + "}\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void givenAnEnvironment_thenTheShopAndTheHealerSayIt(String environment) {
        String name = "deployment.environment.name=" + environment;
        Map<String, Map<String, Object>> services =
                ComposeFiles.with(environment).services();
        for (String service : List.of("user", "product", "order", "healer")) {
            assertThat(String.valueOf(services.getOrDefault(service, Map.of()).get("environment")))
                    .as(service)
                    .contains(name);
        }
    }

    @Test
    void givenAVariable_thenItIsInTheEnvFileOrSaysWhatItIsWithoutOne() {
        Pattern bare = Pattern.compile("\\$\\{(\\w+)(:?\\?[^}]*)?}");
        Set<String> known = ComposeFiles.environment().keySet();
        Set<String> asked = Set.of("HEALER_TOKEN", "SHOP_DB_PASSWORD", "GRAFANA_ADMIN_PASSWORD");
        for (String file : List.of("compose.yaml", "observability/compose.yaml")) {
            Set<String> used = bare.matcher(Rendered.text(ComposeFiles.ROOT.resolve(file)))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !asked.contains(name))
                    .collect(Collectors.toSet());
            assertThat(known).as(file).containsAll(used);
        }
    }
}
