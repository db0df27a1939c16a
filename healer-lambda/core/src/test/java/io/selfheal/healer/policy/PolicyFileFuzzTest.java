package io.selfheal.healer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is loaded or refused with a place and a reason; the same text always means the same. */
class PolicyFileFuzzTest {

    static Stream<Arguments> seeds() {
        Stream<String> whole = Stream.of(
                """
                version: 1
                name: demo
                storm: {services: 4, window: PT30S, hold: PT2M, rearm: human}
                flap: {flips: 6, window: PT10M, quarantine: PT1H}
                calls: {order: [user, product]}
                windows: [{name: batch, services: [order], days: [sat, sun], from: '22:00', to: '01:00', zone: Europe/Berlin}]
                alarms: [{match: ['alertname=~".*cpu.*"'], service: order}]
                policies:
                  - name: sick-task
                    match: ['alertname=~"TaskDown|TaskStuck"', 'service_name=~".+"']
                    ladder: [restart-task, {action: roll-back, for: [bad-release]}, escalate]
                    mode: act
                    approval: [redeploy]
                    requires: [vitals]
                    cooldown: PT5S
                    budgets: [{scope: service, limit: 60, window: PT1H}, {scope: global, limit: 200, window: P1D}]
                    healthyFloor: {percent: 50}
                    verification: {stabilisation: PT2S, deadline: PT30S}
                """,
                "a: &a [*a]",
                "<<: {version: 1}",
                "version: !!java.net.URL ['http://127.0.0.1/']",
                "version: 1\nname: \u0000",
                "? [a, b]\n: c",
                "[".repeat(100));
        Stream<Path> shipped = Stream.of("demo", "production", "localstack", "compose")
                .map(name -> Path.of("../../stage/policies/" + name + ".yaml"));
        return Stream.concat(whole, shipped.map(PolicyFileFuzzTest::text))
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void anyTextIsLoadedOrRefusedWithAReason(byte[] file) {
        String yaml = new String(file, StandardCharsets.UTF_8);
        try {
            Policies policies = PolicyFile.parse("policy.yaml", yaml);
            // Patterns are equal to none but themselves; their text is.
            assertThat(policies.toString())
                    .isEqualTo(PolicyFile.parse("policy.yaml", yaml).toString());
        } catch (InvalidPolicyException refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                    .startsWith("policy.yaml:"));
        }
    }
}
