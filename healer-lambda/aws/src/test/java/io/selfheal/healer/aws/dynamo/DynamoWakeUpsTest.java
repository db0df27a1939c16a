package io.selfheal.healer.aws.dynamo;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.incident.StoreUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoWakeUpsTest {
    private final DynamoTable table = DynamoTable.open(LocalDynamo.fresh());
    private final DynamoWakeUps wakeUps = new DynamoWakeUps(table);

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void givenNone_whenClaimed_thenItStands_andTheSameOrALaterOneIsNotAskedForAgain() {
        assertThat(wakeUps.claim(T0.plusSeconds(30), T0)).isTrue();

        assertThat(wakeUps.claim(T0.plusSeconds(30), T0)).isFalse();
        assertThat(wakeUps.claim(T0.plusSeconds(60), T0)).isFalse();
    }

    @Test
    void givenOneStands_whenASoonerOneIsNeeded_thenThatOneTakesItsPlace() {
        wakeUps.claim(T0.plusSeconds(30), T0);

        assertThat(wakeUps.claim(T0.plusSeconds(10), T0)).isTrue();
        assertThat(wakeUps.claim(T0.plusSeconds(20), T0)).isFalse();
    }

    @Test
    void givenItsTimeIsOver_whetherItCameOrNot_thenTheNextMayBeAskedFor() {
        wakeUps.claim(T0.plusSeconds(30), T0);

        assertThat(wakeUps.claim(T0.plusSeconds(60), T0.plusSeconds(29))).isFalse();
        assertThat(wakeUps.claim(T0.plusSeconds(60), T0.plusSeconds(30))).isTrue();
    }

    @Test
    void givenManyFunctionsAtOnce_thenOneOfThemAsks() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(1);
        try (ExecutorService functions = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                functions.execute(() -> {
                    awaitUninterrupted(together);
                    if (wakeUps.claim(T0.plusSeconds(30), T0)) {
                        asked.incrementAndGet();
                    }
                });
            }
            together.countDown();
        }

        assertThat(asked).hasValue(1);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenNoTable_thenThatIsTheStoresFailure() {
        try (DynamoTable none = DynamoTable.unopened(LocalDynamo.settings())) {
            assertThatThrownBy(() -> new DynamoWakeUps(none).claim(T0.plusSeconds(1), T0))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("there is no table");
        }
    }
}
