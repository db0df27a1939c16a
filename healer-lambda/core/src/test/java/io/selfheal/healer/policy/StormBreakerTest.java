package io.selfheal.healer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Three services within 60 s, held for 300 s. Openings are written as service@second. */
class StormBreakerTest {

    private static final Instant T0 = Fixtures.T0;
    private static final StormBreaker BREAKER = new StormBreaker(3, Duration.ofSeconds(60), Duration.ofSeconds(300));

    private record Row(String what, String openings, long now, Optional<Long> until) {}

    private static Opening opening(String text) {
        String[] parts = text.split("@", -1);
        return new Opening(Fixtures.service(parts[0]), T0.plusSeconds(Long.parseLong(parts[1])), Optional.empty());
    }

    @TestFactory
    Stream<DynamicTest> table() {
        return Stream.of(
                        new Row("nothing", "", 0, Optional.empty()),
                        new Row("two services", "a@0 b@1 a@2", 2, Optional.empty()),
                        new Row("one service three times", "a@0 a@1 a@2", 2, Optional.empty()),
                        new Row("three within the window", "a@0 b@30 c@59", 59, Optional.of(359L)),
                        new Row("three over more than the window", "a@0 b@30 c@60", 60, Optional.empty()),
                        new Row("the hold still lasts", "a@0 b@30 c@59", 358, Optional.of(359L)),
                        new Row("the hold is over", "a@0 b@30 c@59", 359, Optional.empty()),
                        new Row("a fourth prolongs it", "a@0 b@30 c@59 d@70", 100, Optional.of(370L)),
                        new Row("one alone later does not", "a@0 b@30 c@59 d@200", 210, Optional.of(359L)),
                        new Row("what is yet to come does not count", "a@0 b@1 c@90", 50, Optional.empty()))
                .map(row -> DynamicTest.dynamicTest(row.what(), () -> {
                    List<Opening> openings =
                            new ArrayList<>(Stream.of(row.openings().split(" ", -1))
                                    .filter(text -> !text.isEmpty())
                                    .map(StormBreakerTest::opening)
                                    .toList());
                    for (int seed = 0; seed < 5; seed++) {
                        Collections.shuffle(openings, new Random(seed));
                        assertThat(BREAKER.until(openings, T0.plusSeconds(row.now())))
                                .isEqualTo(row.until().map(T0::plusSeconds));
                    }
                }));
    }

    @Test
    void givenAnyOpenings_thenTheOnePassSaysWhatTheDefinitionSays() {
        Random random = new Random(Seed.get());
        for (int round = 0; round < 2000; round++) {
            List<Opening> openings = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                openings.add(opening("s" + random.nextInt(4) + "@" + random.nextInt(500)));
            }
            Instant now = T0.plusSeconds(random.nextInt(600));

            assertThat(BREAKER.until(openings, now)).isEqualTo(byDefinition(openings, now));
        }
    }

    /** The last opening that was a storm's last and whose hold still lasts. */
    private static Optional<Instant> byDefinition(List<Opening> openings, Instant now) {
        return openings.stream()
                .map(Opening::at)
                .filter(last -> !last.isAfter(now))
                .filter(last -> openings.stream()
                                .filter(one ->
                                        !one.at().isAfter(last) && one.at().isAfter(last.minus(BREAKER.window())))
                                .map(Opening::service)
                                .distinct()
                                .count()
                        >= BREAKER.services())
                .map(last -> last.plus(BREAKER.hold()))
                .filter(until -> until.isAfter(now))
                .max(Instant::compareTo);
    }
}
