package io.selfheal.healer.sns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.selfheal.healer.intake.Fixtures;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, nobody but the one host is asked, and nothing is let in that the key did not sign. */
class SnsDoorFuzzTest {
    private static final byte[] FILE = TestAuthority.genuineFile();
    private static final byte[] GENUINE = Letter.notification().bytes();

    static Stream<Arguments> seeds() {
        Stream<byte[]> unsigned = Fixtures.of("sns-http").stream().map(Fixtures::bytes);
        Stream<byte[]> nearly = Stream.of(
                Letter.notification().with("Message", "x").bytes(),
                Letter.confirmation("SubscriptionConfirmation")
                        .with("Message", "x")
                        .bytes());
        return Stream.concat(unsigned, nearly).map(body -> Arguments.of((Object) body));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void whatNobodySignedIsNotLetIn(byte[] body) {
        CountingSns sns = new CountingSns(FILE);
        SnsDoor door = new SnsDoor(
                new SnsTrust(Set.of(Letter.TOPIC), true, TestAuthority.ANCHORS),
                sns,
                sns,
                InstantSource.fixed(TestAuthority.NOW));

        assertThat(door.admit(body)).isInstanceOf(Admission.Refused.class);
        assertThat(sns.confirmed).isEmpty();
        assertThat(sns.fetched).allMatch(SnsDoorFuzzTest::isOfSns);
        assertThat(door.admit(GENUINE)).isInstanceOf(Admission.Notification.class);
    }

    private static boolean isOfSns(URI address) {
        return address.toString().startsWith(Letter.HOST + "SimpleNotificationService-");
    }
}
