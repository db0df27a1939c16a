package io.selfheal.healer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.evidence.Evidence.Part;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CombinedEvidenceTest {
    private static final ServiceId ORDER = Fixtures.service("order");
    private static final Duration NEVER_USED_UP = Duration.ofMinutes(5);
    private static final Evidence NOTHING = Evidence.untold();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        never.countDown();
        threads.close();
    }

    private Evidence gather(Duration time, EvidenceSource... sources) {
        return new CombinedEvidence(List.of(sources), threads, time).gather(ORDER);
    }

    private Evidence hangs(ServiceId service) {
        try {
            never.await();
            return retries(0.9);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static Evidence retries(double share) {
        return new Evidence(
                NOTHING.vitals(),
                NOTHING.calls(),
                new Fact.Known<>(share, Fixtures.T0),
                NOTHING.releases(),
                NOTHING.stops(),
                NOTHING.logs(),
                NOTHING.traces());
    }

    private static Evidence logs(String line) {
        return Evidence.ofLogs(new Fact.Known<>(
                LogLine.of(Optional.empty(), Fixtures.T0, line).stream().toList(), Fixtures.T0));
    }

    @Test
    void whenASourceNeverAnswers_thenItsPartIsUnknownAtTheTime_andTheOthersAreKept() {
        Evidence evidence = gather(Duration.ofMillis(200), this::hangs, _ -> logs("boom"));

        // That this is reached at all is the bound: the source answers only after the test.
        assertThat(evidence.missing(Part.RETRIES)).isPresent();
        assertThat(evidence.missing(Part.LOGS)).isEmpty();
    }

    @Test
    void whenTheOnlySourceNeverAnswers_thenAllPartsSayWhy() {
        assertThat(gather(Duration.ofMillis(1), this::hangs).missing())
                .containsOnlyKeys(Part.values())
                .containsValue("no answer within 1 ms");
    }

    @Test
    void whenSourcesWaitForEachOther_thenTheyWereAskedSideBySide() {
        CountDownLatch asked = new CountDownLatch(2);
        EvidenceSource waits = _ -> {
            asked.countDown();
            try {
                asked.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return retries(0.5);
        };

        assertThat(gather(NEVER_USED_UP, waits, waits).retryShare()).isEqualTo(new Fact.Known<>(0.5, Fixtures.T0));
    }

    @Test
    void whenASourceBreaks_thenItsPartSaysHow_andTheOthersAreKept() {
        EvidenceSource broken = _ -> {
            throw new IllegalStateException("a bug");
        };

        assertThat(gather(NEVER_USED_UP, broken, _ -> retries(0.3)).retryShare())
                .isEqualTo(new Fact.Known<>(0.3, Fixtures.T0));
        assertThat(gather(NEVER_USED_UP, broken).missing(Part.TRACE))
                .contains("its source broke: java.lang.IllegalStateException: a bug");
    }

    @Test
    void whenSeveralKnowAPart_thenTheFirstWins_evenIfItAnswersLater() {
        CountDownLatch secondAnswered = new CountDownLatch(1);
        EvidenceSource first = _ -> {
            try {
                secondAnswered.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return retries(0.1);
        };
        EvidenceSource second = _ -> {
            secondAnswered.countDown();
            return retries(0.2);
        };

        assertThat(gather(NEVER_USED_UP, first, second).retryShare()).isEqualTo(new Fact.Known<>(0.1, Fixtures.T0));
    }

    @Test
    void whenNoneIsConfigured_thenEveryPartSaysSo() {
        assertThat(gather(NEVER_USED_UP).missing())
                .containsOnlyKeys(Part.values())
                .containsValue("no source of it is configured");
    }

    @Test
    void whenThereWasNoTrace_thenThatIsKnown_andNotTakenFromAnother() {
        TaskId task = new TaskId("a1");
        Trace trace = new Trace("0af7651916cd43dd8448eb211c80319c", true, Duration.ofMillis(3), Fixtures.T0);

        assertThat(gather(NEVER_USED_UP, _ -> traces(Map.of()), _ -> traces(Map.of(task, trace)))
                        .traces())
                .isEqualTo(new Fact.Known<>(Map.of(), Fixtures.T0));
    }

    @Test
    void whenNobodyKnowsAPart_thenTheReasonsAreThoseOfTheSourcesThatAreThereForIt() {
        EvidenceSource away = _ -> Evidence.ofLogs(new Fact.Unknown<>("the logs are away"));
        EvidenceSource late = _ -> Evidence.ofLogs(new Fact.Unknown<>("no answer"));
        EvidenceSource other = _ -> retries(0.1);

        assertThat(gather(NEVER_USED_UP, other, away, other).missing(Part.LOGS)).contains("the logs are away");
        assertThat(gather(NEVER_USED_UP, away, late, other).missing(Part.LOGS))
                .contains("the logs are away; no answer");
    }

    private static Evidence traces(Map<TaskId, Trace> traces) {
        return new Evidence(
                NOTHING.vitals(),
                NOTHING.calls(),
                NOTHING.retryShare(),
                NOTHING.releases(),
                NOTHING.stops(),
                NOTHING.logs(),
                new Fact.Known<>(traces, Fixtures.T0));
    }
}
