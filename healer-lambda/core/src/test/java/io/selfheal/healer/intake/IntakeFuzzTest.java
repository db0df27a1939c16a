package io.selfheal.healer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.selfheal.healer.policy.AlarmMapping;
import io.selfheal.healer.policy.Matcher;
import io.selfheal.healer.testkit.MutableClock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are read or refused, never an exception. In the build its seeds are played, the forms of all senders;
 * CONTRIBUTING has the command that looks for more.
 */
class IntakeFuzzTest {
    private final Intake intake = new Intake(
            "selfheal",
            List.of(new AlarmMapping(
                    List.of(Matcher.parse("alertname=~\".*cpu.*\"")),
                    Optional.of("order"),
                    Optional.empty(),
                    new TreeMap<>())),
            new MutableClock());

    static Stream<Arguments> seeds() {
        return Fixtures.all().stream().map(file -> Arguments.of((Object) Fixtures.bytes(file)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void anyBytesAreReadOrRefusedWithAReason(byte[] body) {
        for (Delivery delivery : intake.deliveries(body)) {
            switch (delivery.parsed()) {
                case Parsed.Refused(String why) -> assertThat(why).isNotBlank();
                case Parsed.Accepted accepted ->
                    assertThat(accepted.why()).allSatisfy(why -> assertThat(why).isNotBlank());
            }
        }
        assertThat(intake.parse(body)).isEqualTo(intake.parse(body));
    }
}
