package io.selfheal.healer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.policy.AlarmMapping;
import io.selfheal.healer.policy.Matcher;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.MutableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every form that a sender writes is read, and none is refused. */
class FixturesTest {
    private static final AlarmMapping CHILD = new AlarmMapping(
            List.of(Matcher.parse("alertname=\"order-cpu-high\"")),
            Optional.of("order"),
            Optional.empty(),
            new TreeMap<>());
    private static final Map<String, SignalSource> SOURCES = Map.ofEntries(
            Map.entry("cloudwatch-lambda", SignalSource.CLOUDWATCH),
            Map.entry("cloudwatch-eventbridge", SignalSource.CLOUDWATCH),
            Map.entry("cloudwatch-sns", SignalSource.CLOUDWATCH),
            Map.entry("ecs-task", SignalSource.ECS),
            Map.entry("ecs-deployment", SignalSource.ECS),
            Map.entry("ecs-service", SignalSource.ECS),
            Map.entry("alertmanager", SignalSource.ALERTMANAGER),
            Map.entry("grafana", SignalSource.GRAFANA),
            Map.entry("managed-prometheus", SignalSource.MANAGED_PROMETHEUS));

    /** Understood, and rightly no signal. */
    private static final Set<String> SILENT = Set.of("no-data.json", "of-no-service.json");

    /** What is in them is of several formats. */
    private static final List<String> ENVELOPES = List.of("sns-lambda", "sqs", "http-request");

    private final Intake intake = new Intake("selfheal", List.of(CHILD), new MutableClock());

    @TestFactory
    Stream<DynamicTest> eachIsReadAsASignalOfItsSender() {
        return SOURCES.entrySet().stream().flatMap(format -> Fixtures.of(format.getKey()).stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Parsed.Accepted read = accepted(file);
                    if (SILENT.contains(file.getFileName().toString())) {
                        assertThat(read.signals()).isEmpty();
                        assertThat(read.why()).hasSize(1);
                        return;
                    }
                    assertThat(read.signals())
                            .isNotEmpty()
                            .extracting(Signal::source)
                            .containsOnly(format.getValue());
                    assertThat(read.signals()).extracting(Signal::service).contains(new ServiceId("selfheal", "order"));
                })));
    }

    @TestFactory
    Stream<DynamicTest> eachIsReadOutOfItsEnvelope() {
        return ENVELOPES.stream().flatMap(format -> Fixtures.of(format).stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Parsed.Accepted read = accepted(file);
                    assertThat(read.signals()).isNotEmpty();
                    assertThat(read.why()).isEmpty();
                })));
    }

    @Test
    void thereAreAtLeastThreeOfEachFormat() {
        Stream.concat(SOURCES.keySet().stream(), Stream.concat(ENVELOPES.stream(), Stream.of("sns-http")))
                .forEach(format -> assertThat(Fixtures.of(format)).as(format).hasSizeGreaterThanOrEqualTo(3));
    }

    private Parsed.Accepted accepted(Path file) {
        Parsed parsed = intake.parse(Fixtures.bytes(file));
        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        return (Parsed.Accepted) parsed;
    }

    private static String name(Path file) {
        return file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
    }
}
