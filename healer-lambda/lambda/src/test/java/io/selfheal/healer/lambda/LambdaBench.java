package io.selfheal.healer.lambda;

import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.engine.HistoryListener;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.lambda.http.HttpDoor;
import io.selfheal.healer.lambda.invocation.Ids;
import io.selfheal.healer.lambda.invocation.Notices;
import io.selfheal.healer.lambda.invocation.Parts;
import io.selfheal.healer.lambda.invocation.TimeLeft;
import io.selfheal.healer.lambda.queue.DeadLetters;
import io.selfheal.healer.lambda.queue.WakeUps;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.sns.SnsDoor;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The function over fakes, in the time of a clock. Several on one world share store, fleet, queues and claims, as functions do. */
final class LambdaBench {
    static final String TOKEN = "a-token-of-the-test";
    private static final long PLENTY = 60_000;
    private static final long SHORT = 5_000;

    /** What all functions of one account share. */
    static final class Account {
        final World world = new World();
        final PaperQueue wakeUps = new PaperQueue();
        final PaperQueue deadLetters = new PaperQueue();
        private final AtomicReference<Instant> standing = new AtomicReference<>(Instant.MIN);

        /** As the table does it. */
        private synchronized boolean claim(Instant due, Instant now) {
            Instant stands = standing.get();
            boolean mine = !stands.isAfter(now) || stands.isAfter(due);
            if (mine) {
                standing.set(due);
            }
            return mine;
        }
    }

    final Account account;
    final List<String> told = new ArrayList<>();
    private final Shell shell;
    private int asksUntilShort = Integer.MAX_VALUE;
    boolean flushed;

    LambdaBench() {
        this(new Account(), Optional.empty(), true);
    }

    LambdaBench(Account account, Optional<SnsDoor> door, boolean deadLetters) {
        this(account, account.world.store, door, deadLetters);
    }

    LambdaBench(Account account, IncidentStore store, Optional<SnsDoor> door, boolean deadLetters) {
        this.account = account;
        World world = account.world;
        Policies policies = PolicyFile.parse("test.yaml", HealerBench.POLICIES);
        Intake intake = new Intake("selfheal", policies.alarms(), world.clock);
        Parts parts = new Parts(
                world.clock,
                new Ids(world.clock),
                new Parts.Ports(
                        store,
                        world.store,
                        world.fleet,
                        world.fleet,
                        world.switches,
                        world.silences,
                        world.storms,
                        List.of(_ -> Evidence.unknown("nobody measures"))),
                policies,
                new Rules(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(20)),
                Duration.ofSeconds(3),
                ApprovalLinks.NONE,
                List.of(),
                List.of(),
                List.of(new Told()));
        this.shell = new Shell(
                parts,
                intake,
                new HttpDoor(intake, door, TOKEN),
                new DeadLetters(deadLetters ? Optional.of(account.deadLetters) : Optional.empty(), world.clock),
                new WakeUps(Optional.of(account.wakeUps), account::claim, world.clock));
    }

    private final class Told implements Notices, HistoryListener {
        @Override
        public synchronized void onHistory(Incident incident, List<HistoryEntry> entries) {
            entries.forEach(entry -> told.add(entry.reason().name()));
            flushed = false;
        }

        @Override
        public HistoryListener listener() {
            return this;
        }

        @Override
        public synchronized boolean flush(Duration atMost) {
            flushed = true;
            return true;
        }
    }

    /** In the next call there is time to begin so many messages. */
    void runsOutAfter(int messages) {
        // Asked once more at the beginning of the call.
        asksUntilShort = messages + 1;
    }

    private long millisLeft() {
        return asksUntilShort-- > 0 ? PLENTY : SHORT;
    }

    /** The answer. */
    String handle(String event) {
        return new String(
                shell.handle(event.getBytes(StandardCharsets.UTF_8), new TimeLeft(this::millisLeft)),
                StandardCharsets.UTF_8);
    }

    /** Time passes until the wake-up that was asked for last, which then comes. */
    String wake() {
        PaperQueue.Sent wakeUp = account.wakeUps.last();
        account.world.clock.advance(wakeUp.delay());
        return handle(SayingEvents.batch(Map.of("w-1", wakeUp.body())));
    }
}
