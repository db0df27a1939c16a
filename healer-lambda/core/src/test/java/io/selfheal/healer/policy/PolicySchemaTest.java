package io.selfheal.healer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The published schema and the parser have to say the same. */
class PolicySchemaTest {
    private static final Path PUBLISHED = Path.of("../../docs/policy.schema.json");
    private static final JsonMapper JSON = new JsonMapper();

    private static final String MINIMAL = """
            version: 1
            name: minimal
            policies:
              - name: one
                match: ['alertname="TaskDown"']
                ladder: [restart-task, escalate]
            """;

    /** Every key that there is, so that a wrong one can be put beside each. */
    private static final String EVERY_SECTION = """
            version: 1
            name: all
            storm: {%sservices: 3}
            flap: {%sflips: 6}
            windows: [{%sname: night, days: [sun], from: "23:00", to: "01:00", zone: UTC}]
            alarms: [{%smatch: ['namespace="AWS/ECS"'], service: order, cluster: c, labels: {alertname: ErrorBurst}}]
            %spolicies:
              - name: one
                match: ['alertname="TaskDown"']
                ladder: [roll-back, degrade, shed, surge-restart, shift-traffic, scale-out, escalate]
                %sbudgets: [{%sscope: service, limit: 1, window: PT1H}]
                healthyFloor: {%scount: 1}
                strikes: {%slimit: 3}
                verification: {%sdeadline: PT1M}
                scaleOut: {%sadd: 1, ceiling: 3, returnAfter: PT10M}
                surge: {%swithin: PT1M}
                shift: {%skeepFor: PT1M}
                degrade: {%slasting: PT1M}
                shed: {%sadmitPercent: 1}
                release: {%ssuspectFor: PT1M}
            """;

    /** The sections in the order in which {@link #EVERY_SECTION} names them: where each lies in the schema. */
    private static final List<String> SECTIONS = List.of(
            "/properties/storm",
            "/properties/flap",
            "/$defs/window",
            "/$defs/alarm",
            "",
            "/$defs/policy",
            "/$defs/budget",
            "/$defs/policy/properties/healthyFloor",
            "/$defs/policy/properties/strikes",
            "/$defs/policy/properties/verification",
            "/$defs/policy/properties/scaleOut",
            "/$defs/policy/properties/surge",
            "/$defs/policy/properties/shift",
            "/$defs/policy/properties/degrade",
            "/$defs/policy/properties/shed",
            "/$defs/policy/properties/release");

    private final JsonNode schema = read();
    private final JsonSchema validator =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);

    private static JsonNode read() {
        try (InputStream resource = PolicyFile.class.getResourceAsStream("policy.schema.json")) {
            assertThat(resource).isNotNull();
            return JSON.readTree(resource);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Set<String> problems(String yaml) {
        Object tree = new Yaml().load(yaml);
        return validator.validate(JSON.valueToTree(tree)).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void thePublishedSchemaIsTheOneInTheJar() throws IOException {
        assertThat(JSON.readTree(Files.readString(PUBLISHED))).isEqualTo(schema);
    }

    @TestFactory
    Stream<DynamicTest> everyKeyOfTheParserIsInTheSchemaAndTheOtherWayRound() {
        return SECTIONS.stream()
                .map(section -> DynamicTest.dynamicTest(section.isEmpty() ? "/" : section, () -> {
                    Set<String> inSchema = new TreeSet<>();
                    schema.at(section + "/properties").fieldNames().forEachRemaining(inSchema::add);
                    assertThat(knownToParser(SECTIONS.indexOf(section))).isEqualTo(inSchema);
                }));
    }

    /** The parser tells all keys that it knows when it meets one that it does not. */
    private static Set<String> knownToParser(int section) {
        Object[] wrong = Stream.generate(() -> "").limit(SECTIONS.size()).toArray();
        // In a block the wrong key needs a line of its own, between braces a comma.
        wrong[section] = switch (section) {
            case 4 -> "unheardOf: 1\n";
            case 5 -> "unheardOf: 1\n    ";
            default -> "unheardOf: 1, ";
        };
        InvalidPolicyException refused = catchThrowableOfType(
                InvalidPolicyException.class, () -> PolicyFile.parse("p.yaml", EVERY_SECTION.formatted(wrong)));
        String known = "; known here: ";
        return refused.problems().stream()
                .filter(problem -> problem.contains(known))
                .map(problem -> problem.substring(problem.indexOf(known) + known.length()))
                .flatMap(keys -> Arrays.stream(keys.split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyIsDescribed_andTheLadderKnowsEveryRung() {
        SECTIONS.forEach(
                section -> schema.at(section + "/properties").properties().forEach(key -> assertThat(
                                key.getValue().path("description").asText())
                        .as(section + " " + key.getKey())
                        .isNotBlank()));
        assertThat(schema.at("/$defs/policy/properties/ladder/items/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .containsExactlyElementsOf(
                        Arrays.stream(Rung.values()).map(Rung::word).toList());
    }

    @Test
    void theDefaultsOfTheSchemaAreThoseOfTheParser() throws IOException {
        ObjectNode spelled = JSON.valueToTree(new Yaml().<Map<String, Object>>load(MINIMAL));
        fill((ObjectNode) spelled.path("policies").path(0), schema.at("/$defs/policy/properties"));
        fill(spelled, schema.path("properties"));

        assertThat(spelled.path("policies").path(0).properties()).hasSizeGreaterThan(8);
        assertThat(spelled.at("/storm/hold").asText()).isNotBlank();
        Policies written = PolicyFile.parse("p.yaml", JSON.writeValueAsString(spelled));
        Policies left = PolicyFile.parse("p.yaml", MINIMAL);
        assertThat(written.storm()).isEqualTo(left.storm());
        assertThat(written.flap()).isEqualTo(left.flap());
        assertThat(written.policies().getFirst())
                .usingRecursiveComparison()
                .ignoringFields("match")
                .isEqualTo(left.policies().getFirst());
    }

    /** Writes down what the schema says is so when it is left out. */
    private static void fill(ObjectNode section, JsonNode properties) {
        properties.properties().forEach(property -> {
            JsonNode byDefault = property.getValue().path("default");
            if (byDefault.isMissingNode() || section.has(property.getKey())) {
                return;
            }
            section.set(property.getKey(), byDefault.deepCopy());
            if (section.path(property.getKey()) instanceof ObjectNode inner) {
                fill(inner, property.getValue().path("properties"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatTheHealerRunsWithIsValid() throws IOException {
        List<Path> files = List.of(
                Path.of("../../stage/policies/compose.yaml"),
                Path.of("../../stage/policies/demo.yaml"),
                Path.of("../../stage/policies/production.yaml"),
                Path.of("../server/src/test/resources/policy.yaml"),
                Path.of("../server/src/test/resources/bench-policy.yaml"));
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String yaml = Files.readString(file);
                    assertThat(PolicyFile.parse(file.toString(), yaml).policies())
                            .isNotEmpty();
                    assertThat(problems(yaml)).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatTheParserRefusesTheSchemaRefuses() {
        return Map.ofEntries(
                        Map.entry("a misspelt key", with("coolDown: PT5S")),
                        Map.entry("no name", MINIMAL.replace("- name: one\n    match", "- match")),
                        Map.entry("no match", MINIMAL.replace("    match: ['alertname=\"TaskDown\"']\n", "")),
                        Map.entry("no condition", MINIMAL.replace("['alertname=\"TaskDown\"']", "[]")),
                        Map.entry("no matcher", MINIMAL.replace("alertname=\"TaskDown\"", "TaskDown")),
                        Map.entry("an unknown rung", MINIMAL.replace("restart-task", "reboot")),
                        Map.entry("a rung twice", MINIMAL.replace("[restart-task", "[restart-task, restart-task")),
                        Map.entry(
                                "rungs after escalate",
                                MINIMAL.replace("restart-task, escalate", "escalate, redeploy")),
                        Map.entry(
                                "rungs after the second, escalate",
                                MINIMAL.replace("restart-task, escalate", "restart-task, escalate, redeploy")),
                        Map.entry("an empty ladder", MINIMAL.replace("[restart-task, escalate]", "[]")),
                        Map.entry("a time without unit", with("cooldown: 5")),
                        Map.entry("a time in words", with("cooldown: soon")),
                        Map.entry("no time at all", with("cooldown: PT0S")),
                        Map.entry("a time backwards", with("cooldown: PT-5S")),
                        Map.entry("half a time", with("cooldown: P1DT")),
                        Map.entry("a mode that is not there", with("mode: dry-run")),
                        Map.entry("a budget without window", with("budgets: [{scope: service, limit: 3}]")),
                        Map.entry("a budget of nothing", with("budgets: [{scope: service, limit: 0, window: PT1H}]")),
                        Map.entry("no budgets", with("budgets: []")),
                        Map.entry("both floors", with("healthyFloor: {percent: 50, count: 1}")),
                        Map.entry("no floor", with("healthyFloor: {}")),
                        Map.entry("too high a floor", with("healthyFloor: {percent: 101}")),
                        Map.entry(
                                "limits of a scale-out that is not there",
                                with("scaleOut: {add: 1, ceiling: 3, returnAfter: PT1M}")),
                        Map.entry("a scale-out without limits", MINIMAL.replace("restart-task", "scale-out")),
                        Map.entry("a surge that no rung makes", with("surge: {within: PT1M}")),
                        Map.entry("a release that no rung rolls back", with("release: {suspectFor: PT1M}")),
                        Map.entry(
                                "all requests let in",
                                MINIMAL.replace("restart-task", "shed") + "    shed: {admitPercent: 100}\n"),
                        Map.entry("evidence of no kind", with("requires: [weather]")),
                        Map.entry("another version", MINIMAL.replace("version: 1", "version: 2")),
                        Map.entry("a window without an end", window("from: '22:00', zone: UTC")),
                        Map.entry("a window by the clocks of nowhere", window("from: '22:00', to: '23:00'")),
                        Map.entry(
                                "a window on a day that is none",
                                window("from: '22:00', to: '23:00', zone: UTC, days: [noday]")),
                        Map.entry("a window on no day", window("from: '22:00', to: '23:00', zone: UTC, days: []")),
                        Map.entry(
                                "a window on days and dates",
                                window("from: '22:00', to: '23:00', zone: UTC, days: [sun], dates: ['2026-12-24']")),
                        Map.entry("a window at no time", window("from: '25:00', to: '23:00', zone: UTC")),
                        Map.entry("a window for nobody", window("from: '22:00', to: '23:00', zone: UTC, services: []")),
                        Map.entry("an approval of what calls a person anyway", with("approval: [escalate]")),
                        Map.entry("an approval of nothing known", with("approval: [reboot]")),
                        Map.entry("an alarm of every name", alarm("service: order, match: []")),
                        Map.entry("an alarm of no name", alarm("service: order")),
                        Map.entry("an alarm of nothing", alarm("match: ['alertname=\"a\"']")),
                        Map.entry("an alarm of no label", alarm("match: ['alertname=\"a\"'], labels: {}")),
                        Map.entry("an alarm of a cluster", alarm("match: [a=b], cluster: c, labels: {alertname: a}")),
                        Map.entry("an alarm's service as a label", alarm("match: [a=b], labels: {service_name: a}")),
                        Map.entry("an alarm's odd label", alarm("match: [a=b], labels: {alert-name: a}")),
                        Map.entry("an alarm's list as a label", alarm("match: [a=b], labels: {alertname: [a]}")),
                        Map.entry("an alarm's long service", alarm("match: [a=b], service: " + "x".repeat(256))),
                        Map.entry("a flap of one", MINIMAL + "flap: {flips: 1}\n"),
                        Map.entry("a storm that a machine ends", MINIMAL + "storm: {rearm: robot}\n"),
                        Map.entry("a storm of one", MINIMAL + "storm: {services: 1}\n"),
                        Map.entry("no policy", "version: 1\nname: none\npolicies: []\n"))
                .entrySet()
                .stream()
                .map(mistake -> DynamicTest.dynamicTest(mistake.getKey(), () -> {
                    assertThat(catchThrowableOfType(
                                    InvalidPolicyException.class, () -> PolicyFile.parse("p.yaml", mistake.getValue())))
                            .isNotNull();
                    assertThat(problems(mistake.getValue())).isNotEmpty();
                }));
    }

    private static String window(String keys) {
        return MINIMAL + "windows: [{name: night, " + keys + "}]\n";
    }

    private static String alarm(String keys) {
        return MINIMAL + "alarms: [{" + keys + "}]\n";
    }

    private static String with(String line) {
        return MINIMAL + "    " + line + "\n";
    }

    @Test
    void theExamplesOfTheseTestsAreGood() {
        String all = EVERY_SECTION.formatted(SECTIONS.stream().map(_ -> "").toArray());
        assertThat(problems(all)).isEmpty();
        assertThat(problems(MINIMAL)).isEmpty();
        assertThat(PolicyFile.parse("p.yaml", all).policies()).hasSize(1);
    }
}
