package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.selfheal.observability.Tool.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of overlays that is meant to be used, by its parts and, where there is one, by a real collector. */
class CollectorTest {
    private static final Path FOLDER = Rendered.MODULE.resolve("otel-collector");
    /** What was said once need not be said for every combination. */
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private static final List<String> SECTIONS = List.of("receivers", "processors", "exporters", "connectors");

    static List<List<String>> combinations() {
        return List.of(
                List.of("base", "backend-local"),
                List.of("base", "backend-local", "tail-sampling"),
                List.of("base", "backend-aws"),
                List.of("base", "backend-aws", "sidecar"),
                List.of("base", "backend-aws", "sidecar", "to-gateway"),
                List.of("base", "backend-aws", "tail-sampling"),
                List.of("base", "backend-aws", "sidecar", "backend-aws-emf"),
                List.of("base", "backend-aws", "sidecar", "backend-aws-xray"),
                List.of("base", "backend-aws", "sidecar", "backend-aws-emf", "backend-aws-xray"),
                List.of("base", "backend-aws", "backend-aws-xray", "tail-sampling"));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void givenACombination_thenEveryPipelineIsWholeAndEveryPartThatItNamesIsThere(List<String> overlays) {
        Map<String, Object> merged = merged(overlays);
        map(map(merged, "service"), "pipelines").forEach((name, pipeline) -> {
            for (String section : List.of("receivers", "processors", "exporters")) {
                List<?> parts = (List<?>) asMap(pipeline).getOrDefault(section, List.of());
                if (!section.equals("processors")) {
                    assertThat(parts).as("%s of %s", section, name).isNotEmpty();
                }
                assertThat(parts).as("%s of %s", section, name).allSatisfy(part -> assertThat(
                                map(merged, section).containsKey(part)
                                        || map(merged, "connectors").containsKey(part))
                        .as(String.valueOf(part))
                        .isTrue());
            }
        });
        assertThat(map(merged, "extensions").keySet()).containsAll(strings(map(merged, "service"), "extensions"));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void givenACombination_thenMemoryIsWatchedFirstAndWhatIsSecretIsTakenOut(List<String> overlays) {
        Map<String, Object> pipelines = map(map(merged(overlays), "service"), "pipelines");

        for (String name : List.of("traces", "logs", "metrics")) {
            List<String> processors = strings(map(pipelines, name), "processors");
            assertThat(processors).as(name).startsWith("memory_limiter");
            if (!name.equals("metrics")) {
                assertThat(processors).as(name).contains("transform/redact");
            }
        }
    }

    @Test
    void givenTheDistributionThatIsValidatedWith_thenItIsOfTheVersionThatComposeStarts() {
        String version = "v" + ComposeFiles.environment().get("COLLECTOR_VERSION");

        // The providers are numbered by themselves.
        assertThat(Rendered.text(FOLDER.resolve("distribution.yaml")).lines().filter(line -> line.contains("gomod:")))
                .allSatisfy(line -> assertThat(line).containsAnyOf(version, "/confmap/provider/"));
    }

    @Test
    void givenTailSampling_thenErrorsSlowTracesAndTheHealersAreAlwaysKept() {
        Map<String, Object> sampling = map(map(Rendered.yaml(file("tail-sampling")), "processors"), "tail_sampling");

        assertThat(Rendered.list(sampling, "policies").stream().map(policy -> policy.get("type")))
                .containsExactly("status_code", "latency", "string_attribute", "probabilistic");
        assertThat(sampling.toString()).contains("status_codes=[ERROR]", "values=[healer]", "SLOW_TRACE_MS");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void givenACombination_whenACollectorValidatesIt_thenItIsAccepted(List<String> overlays) {
        Tool collector = Tool.COLLECTOR.orElseThrow(CollectorTest::none);
        Set<String> missing = new TreeSet<>(parts(merged(overlays)));
        missing.removeIf(part -> components(collector).contains(part));
        if (!missing.isEmpty()) {
            System.err.println(
                    "Collector configuration " + overlays + " is not validated: this collector lacks " + missing);
            abort("this collector lacks " + missing);
        }
        Run run = collector.run(command(overlays));
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void givenANameThatIsNotThere_whenACollectorValidatesIt_thenItIsRefused() {
        Tool collector = Tool.COLLECTOR.orElseThrow(CollectorTest::none);
        List<String> command = new ArrayList<>(List.of(command(List.of("base", "backend-local"))));
        command.add("--config=yaml:service::pipelines::logs::exporters: [nowhere]");
        Run run = collector.run(command.toArray(String[]::new));
        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).contains("nowhere");
    }

    private static RuntimeException none() {
        String why = "no otelcol-contrib or otelcol on the PATH (observability/otel-collector/build makes one)";
        if (SAID.compareAndSet(false, true)) {
            System.err.println("Collector configurations are checked by their parts only: " + why);
        }
        return abort(why);
    }

    /** What a collector can do, by its own words; the alias of an old name counts. */
    private static String components(Tool collector) {
        return collector.run("components").output();
    }

    private static String[] command(List<String> overlays) {
        return Stream.concat(Stream.of("validate"), overlays.stream().map(overlay -> "--config=" + file(overlay)))
                .toArray(String[]::new);
    }

    private static Set<String> parts(Map<String, Object> merged) {
        return Stream.concat(SECTIONS.stream(), Stream.of("extensions"))
                .flatMap(section -> map(merged, section).keySet().stream())
                .map(part -> part.replaceFirst("/.*", ""))
                .collect(Collectors.toSet());
    }

    private static Path file(String overlay) {
        return FOLDER.resolve(overlay + ".yaml");
    }

    /** As the collector does it: maps merge, lists are replaced. */
    private static Map<String, Object> merged(List<String> overlays) {
        Map<String, Object> merged = new LinkedHashMap<>();
        overlays.forEach(overlay -> merge(merged, Rendered.yaml(file(overlay))));
        return merged;
    }

    private static void merge(Map<String, Object> into, Map<String, Object> over) {
        over.forEach((key, value) -> {
            if (value instanceof Map && into.get(key) instanceof Map) {
                Map<String, Object> both = new LinkedHashMap<>(map(into, key));
                merge(both, asMap(value));
                into.put(key, both);
            } else {
                into.put(key, value);
            }
        });
    }

    private static List<String> strings(Map<String, Object> map, String key) {
        return ((List<?>) map.getOrDefault(key, List.of()))
                .stream().map(String::valueOf).toList();
    }

    private static Map<String, Object> map(Map<String, Object> map, String key) {
        return asMap(map.getOrDefault(key, Map.of()));
    }

    @SuppressWarnings("unchecked") // YAML maps have keys of text; anything else fails the test where it is read
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
