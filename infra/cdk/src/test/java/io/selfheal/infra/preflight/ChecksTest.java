package io.selfheal.infra.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Environments;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.preflight.Machine.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    private final Map<String, Answer> machine = new LinkedHashMap<>();

    @TempDir
    Path built = Path.of("");

    @BeforeEach
    void everythingIsThere() throws IOException {
        says("node --version", "v22.11.0");
        says("docker version", "28.1");
        says("get-caller-identity", "000000000000");
        says("cdk-bootstrap", "30");
        says("global-infrastructure", "x");
        says("service-quotas", "100.0");
        says("get-role", "AWSServiceRoleForECS");
        says("get-trace-segment-destination", "XRay");
        for (String file : List.of(
                "healer-lambda/lambda/target/healer-lambda.zip",
                "images/target/user.tar",
                "images/target/product.tar",
                "images/target/order.tar",
                "images/target/healer.tar")) {
            Files.createDirectories(built.resolve(file).getParent());
            Files.writeString(built.resolve(file), "x");
        }
    }

    @Test
    void givenEverythingIsThere_thenNothingIsWrong() throws IOException {
        assertThat(lines("dev")).hasSizeGreaterThan(15).allMatch(line -> line.startsWith("ok    "));
        assertThat(Preflight.report(findings("prod"))).isZero();
    }

    @Test
    void givenNoCredentials_thenThatIsSaidAndNothingElseIsAsked() throws IOException {
        fails(
                "get-caller-identity",
                "\nUnable to locate credentials. You can configure credentials by running \"aws configure\".");

        assertThat(wrong("dev"))
                .singleElement()
                .asString()
                .contains("no credentials: Unable to locate credentials", "aws configure sso");
        assertThat(findings("dev")).hasSize(4);
    }

    @Test
    void givenAnythingElseIsMissing_thenEachHasItsMend() throws IOException {
        says("node --version", "v20.20.2");
        fails("docker version", "there is no docker on the PATH");
        Files.delete(built.resolve("images/target/order.tar"));
        fails("cdk-bootstrap", "An error occurred (ParameterNotFound) when calling the GetParameter operation");
        says("service-quotas", "2.0");
        fails("get-role", "An error occurred (NoSuchEntity)");
        says("get-trace-segment-destination", "CloudWatchLogs");

        assertThat(String.join("\n", wrong("dev")))
                .contains("Node v20.20.2 is past its end", "install Node 22 or 24")
                .contains("no engine to push images with", "start Docker")
                .contains("order.tar; make it with images/base/build")
                .contains("mend: npx cdk bootstrap aws://ACCOUNT/us-east-1")
                .contains("vCPU of Fargate: 2.0, needed are 7", "request-service-quota-increase --service-code fargate")
                .contains("create-service-linked-role --aws-service-name ecs.amazonaws.com")
                .contains("set environments.dev.telemetry.transactionSearch to there");
        assertThat(Preflight.report(findings("dev"))).isEqualTo(1);
    }

    @Test
    void givenAnOldBootstrap_thenItIsNotEnough() throws IOException {
        says("cdk-bootstrap", "5");

        assertThat(wrong("dev")).singleElement().asString().contains("only version 5", "npx cdk bootstrap");
    }

    @Test
    void givenARegionWithoutAService_thenTheKeyOfTheRegionIsNamed() throws IOException {
        fails("services/fis", "An error occurred (ParameterNotFound)");

        assertThat(wrong("dev")).singleElement().asString().contains("fis in us-east-1", "environments.dev.region");
    }

    @Test
    void givenWhatMayNotBeAsked_thenItIsUnknownAndStopsNothing() throws IOException {
        fails("service-quotas", "An error occurred (AccessDeniedException): not authorized");

        assertThat(Preflight.report(findings("staging"))).isZero();
        assertThat(lines("staging")).anyMatch(line -> line.startsWith("?     the quota of vCPU"));
    }

    private void says(String command, String text) {
        machine.put(command, new Answer.Said(text));
    }

    private void fails(String command, String why) {
        machine.put(command, new Answer.Failed(why));
    }

    /** The last rule that fits: what a test says comes after what is always there. */
    private Answer run(List<String> command) {
        String line = String.join(" ", command);
        return machine.entrySet().stream()
                .filter(one -> line.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("nobody answers " + line));
    }

    private List<Finding> findings(String environment) throws IOException {
        Map<?, ?> file = new ObjectMapper().readValue(Path.of("cdk.json").toFile(), Map.class);
        Map<?, ?> context = (Map<?, ?>) java.util.Objects.requireNonNull(file.get("context"));
        EnvironmentSettings settings =
                Environments.read(context.get("environments"), environment).getFirst();
        return new Checks(this::run, settings, new Programs(Path.of("../.."), built)).all();
    }

    private List<String> lines(String environment) throws IOException {
        return findings(environment).stream().map(Preflight::line).toList();
    }

    private List<String> wrong(String environment) throws IOException {
        return lines(environment).stream()
                .filter(line -> line.startsWith("WRONG"))
                .toList();
    }
}
