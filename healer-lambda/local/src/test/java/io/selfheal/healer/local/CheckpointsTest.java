package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private final AtomicInteger written = new AtomicInteger();

    @Test
    void whenCommitsComeOneByOne_thenEachIsWritten() throws Exception {
        Checkpoints checkpoints = new Checkpoints(written::incrementAndGet);
        checkpoints.makeDurable();
        checkpoints.makeDurable();

        assertThat(written).hasValue(2);
    }

    @Test
    void whenCommitsComeWhileOneIsBeingWritten_thenTheyShareTheNext_andNoneReturnsWithTheFirst() throws Exception {
        CountDownLatch firstBegan = new CountDownLatch(1);
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        Checkpoints checkpoints = new Checkpoints(() -> {
            if (written.incrementAndGet() == 1) {
                firstBegan.countDown();
                awaitQuietly(firstMayEnd);
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> makeDurable(checkpoints));
            firstBegan.await();
            CountDownLatch others = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> {
                    others.countDown();
                    makeDurable(checkpoints);
                });
            }
            others.await();
            assertThat(first).isNotDone();
            firstMayEnd.countDown();
        }
        // the first, and at least one for those that came later; far fewer than one each
        assertThat(written.get()).isBetween(2, 60);
    }

    @Test
    void whenWritingFails_thenTheCommitIsNotTakenForDurable_andTheNextTriesAgain() throws Exception {
        Checkpoints checkpoints = new Checkpoints(() -> {
            if (written.incrementAndGet() == 1) {
                throw new SQLException("disk full");
            }
        });

        assertThatThrownBy(() -> checkpoints.makeDurable()).isInstanceOf(SQLException.class);
        checkpoints.makeDurable();
        assertThat(written).hasValue(2);
    }

    @Test
    void whenCommitsAreMadeDurableTogether_thenOneWriteCoversThem_andNoneIsWrittenTwice() throws Exception {
        Checkpoints checkpoints = new Checkpoints(written::incrementAndGet);
        for (int i = 0; i < 20; i++) {
            checkpoints.committed();
        }
        checkpoints.makeDurable(checkpoints.soFar());
        checkpoints.makeDurable(checkpoints.soFar());

        assertThat(written).hasValue(1);
    }

    @Test
    void whenOneThatNeedsItAtOnceComesBetween_thenItCoversThoseBeforeIt() throws Exception {
        Checkpoints checkpoints = new Checkpoints(written::incrementAndGet);
        long mine = checkpoints.committed();
        checkpoints.makeDurable();
        checkpoints.makeDurable(mine);

        assertThat(written).hasValue(1);
    }

    @Test
    void whenOthersCommittedSince_thenTheyAreNotWaitedFor() throws Exception {
        Checkpoints checkpoints = new Checkpoints(written::incrementAndGet);
        long mine = checkpoints.committed();
        checkpoints.makeDurable(mine);
        long theirs = checkpoints.committed();
        checkpoints.makeDurable(mine);
        assertThat(written).hasValue(1);

        checkpoints.makeDurable(theirs);
        assertThat(written).hasValue(2);
    }

    @Test
    void whenWritingFailedAndNothingWasCommittedSince_thenAllIsDurableOnlyAfterAnotherWrite() throws Exception {
        Checkpoints checkpoints = new Checkpoints(() -> {
            if (written.incrementAndGet() == 1) {
                throw new SQLException("disk full");
            }
        });
        assertThatThrownBy(() -> checkpoints.makeDurable()).isInstanceOf(SQLException.class);

        checkpoints.makeDurable(checkpoints.soFar());

        assertThat(written).hasValue(2);
    }

    private static void makeDurable(Checkpoints checkpoints) {
        try {
            checkpoints.makeDurable();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
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
