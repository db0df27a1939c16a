package io.selfheal.architecture.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** No container runs as root or with more than it needs, and none can write what it is made of. */
class ContainersTest {
    /** Why these may write: into the first two compose copies a secret, and the third lends its program and ends. */
    private static final Set<String> MAY_WRITE = Set.of("prometheus", "alertmanager", "probe");

    /** Fargate lends no tmpfs; until these have a volume for /tmp their root is writable, by a user who owns nothing in it. */
    private static final Set<String> WITHOUT_TMP = Set.of("healer", "user", "product", "order");

    private static String text(String file) throws IOException {
        return Files.readString(Program.root().resolve(file));
    }

    private static Map<String, Map<String, Object>> services(String file) throws IOException {
        Map<String, Map<String, Map<String, Object>>> read = new Yaml().load(text(file));
        return Objects.requireNonNull(read.get("services"), file);
    }

    @Test
    void ourImagesHaveOneUserWhoIsNotRoot() throws IOException {
        List<String> users = Pattern.compile("<user>(.*?)</user>")
                .matcher(text("images/pom.xml"))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(users).containsExactly("10001:10001");
        assertThat(text("images/base/build")).contains("\"User\":\"10001:10001\"", "selfheal:x:10001:10001:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "observability/compose.yaml"})
    void whatComposeRunsGivesUpAllCapabilitiesAndCannotWriteWhatItIsMadeOf(String file) throws IOException {
        services(file).forEach((name, service) -> {
            assertThat(service).as(name).doesNotContainKey("privileged").doesNotContainKey("cap_add");
            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
            assertThat(String.valueOf(service.get("user"))).as(name).doesNotMatch("(0|root)(:.*)?");
            assertThat(service.get("read_only"))
                    .as("%s: read_only", name)
                    .satisfiesAnyOf(value -> assertThat(value).isEqualTo(true), _ -> assertThat(MAY_WRITE)
                            .contains(name));
        });
    }

    @Test
    void noContainerAnywhereIsPrivilegedOrAskedToBeRoot() throws IOException {
        for (String file : List.of("compose.yaml", "observability/compose.yaml", "localstack/compose.yaml")) {
            services(file).forEach((name, service) -> {
                assertThat(service).as("%s: %s", file, name).doesNotContainKeys("privileged", "cap_add", "pid");
                assertThat(String.valueOf(service.get("user"))).as(name).doesNotMatch("(0|root)(:.*)?");
            });
        }
    }

    @Test
    void onAwsNoContainerIsPrivilegedOrRoot_andThoseThatCanAreReadOnly() throws IOException {
        List<JsonNode> containers;
        try (Stream<Path> files = Files.walk(Program.root().resolve("infra/cdk/src/test/snapshot"))) {
            containers = files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(ContainersTest::containers)
                    .toList();
        }
        assertThat(containers).isNotEmpty().allSatisfy(container -> {
            String name = container.path("Name").asText();
            assertThat(container.path("Privileged").asBoolean(false)).as(name).isFalse();
            assertThat(container.path("User").asText("")).as(name).doesNotMatch("(0|root)(:.*)?");
            assertThat(container.at("/LinuxParameters/Capabilities/Add").isMissingNode())
                    .as(name)
                    .isTrue();
            assertThat(container.path("ReadonlyRootFilesystem").asBoolean(false) || WITHOUT_TMP.contains(name))
                    .as("%s: ReadonlyRootFilesystem", name)
                    .isTrue();
        });
    }

    private static Stream<JsonNode> containers(Path template) {
        try {
            return new ObjectMapper()
                    .readTree(template.toFile())
                    .valueStream()
                    .filter(one -> one.path("Type").asText().equals("AWS::ECS::TaskDefinition"))
                    .flatMap(task -> task.at("/Properties/ContainerDefinitions").valueStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
