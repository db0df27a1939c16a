package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(2, Duration.ofMinutes(1));

    @Test
    void whenManyCome_thenNoMoreThanAllowedAreIn_andAllGetTheirTurn() throws Exception {
        AtomicInteger in = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                done.add(threads.submit(() -> turns.hurried(() -> {
                    most.accumulateAndGet(in.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    return in.decrementAndGet();
                })));
            }
        }
        assertThat(done).allMatch(one -> one.state() == Future.State.SUCCESS);
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void whenOneGetsNoAnswer_thenThoseThatWaitedAreToldAtOnce_andWhoeverComesLaterTries() throws Exception {
        CountDownLatch in = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger tried = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> hung = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                hung.add(threads.submit(() -> turns.hurried(() -> {
                    in.countDown();
                    awaitQuietly(goOn);
                    throw new SQLException("no answer", "08006");
                })));
            }
            in.await();
            CountDownLatch came = new CountDownLatch(10);
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waiting.add(threads.submit(() -> {
                    came.countDown();
                    return turns.hurried(tried::incrementAndGet);
                }));
            }
            came.await();
            goOn.countDown();
            for (Future<?> one : hung) {
                assertThatThrownBy(one::get).isInstanceOf(ExecutionException.class);
            }
            long told = waiting.stream().filter(TurnsTest::failed).count();
            // Whoever was counted but not yet in the queue may have tried.
            assertThat(told + tried.get()).isEqualTo(10);
        }
        assertThat(turns.hurried(() -> "served")).isEqualTo("served");
    }

    @Test
    void whenManyInNoHurryWait_thenWhoIsInAHurryGoesAheadOfThem() throws Exception {
        CountDownLatch in = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> looks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                looks.add(threads.submit(() -> turns.unhurried(() -> {
                    in.countDown();
                    awaitQuietly(goOn);
                    return done.incrementAndGet();
                })));
            }
            in.await();

            try {
                assertThat(turns.hurried(done::get)).isZero();
            } finally {
                goOn.countDown();
            }
            for (Future<?> look : looks) {
                look.get();
            }
        }
        assertThat(done.get()).isEqualTo(20);
    }

    @Test
    void whenThereIsOneConnection_thenThoseInNoHurryGetItToo() throws Exception {
        assertThat(new Turns(1, Duration.ofMinutes(1)).unhurried(() -> "served"))
                .isEqualTo("served");
    }

    @Test
    void whenATransactionIsLostToAnother_thenThatIsNoTroubleOfTheDatabase() throws Exception {
        assertThatThrownBy(() -> turns.hurried(() -> {
                    throw new SQLException("duplicate", "23505");
                }))
                .isInstanceOf(SQLException.class);

        assertThat(turns.hurried(() -> "served")).isEqualTo("served");
    }

    private static boolean failed(Future<?> one) {
        try {
            one.get();
            return false;
        } catch (ExecutionException expected) {
            return expected.getCause() instanceof SQLException;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
