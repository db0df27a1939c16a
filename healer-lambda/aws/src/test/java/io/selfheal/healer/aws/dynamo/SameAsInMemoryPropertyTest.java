package io.selfheal.healer.aws.dynamo;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.claiming;
import static io.selfheal.healer.testkit.Fixtures.entry;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.resolved;
import static io.selfheal.healer.testkit.Fixtures.saving;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.testkit.InMemoryIncidentStore;
import io.selfheal.healer.testkit.Seed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever two healers save in whatever order, right or out of date: the table answers as the store in memory does. */
class SameAsInMemoryPropertyTest {
    private static final List<ServiceId> SERVICES = List.of(service("order"), service("user"), service("product"));
    private static final int STEPS = Integer.getInteger("steps", 30);

    private final DynamoSettings settings = LocalDynamo.fresh();
    private final DynamoTable one = DynamoTable.open(settings);
    private final DynamoTable other = DynamoTable.open(settings);
    private final InMemoryIncidentStore memory = new InMemoryIncidentStore();
    private final Random random = new Random(Seed.get());
    /** All versions that were ever handed out: what a slow healer may still come with. */
    private final List<Incident> seen = new ArrayList<>();

    private Instant now = T0;
    private int opened;

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void whateverIsSaved_thenBothAnswerTheSame() {
        int conflicts = 0;
        for (int step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(5000));
            Change change = change();
            DynamoTable table = random.nextBoolean() ? one : other;

            SaveResult expected = memory.save(change);
            SaveResult result = new DynamoIncidentStore(table).save(change);

            assertThat(result.getClass()).as("step %d", step).isEqualTo(expected.getClass());
            switch (expected) {
                case SaveResult.Saved(Incident saved) -> {
                    assertThat(result).isEqualTo(expected);
                    // What is over is never saved again.
                    if (!saved.state().over()) {
                        seen.add(saved);
                    }
                }
                case SaveResult.Conflict _ -> conflicts++;
            }
            compare(new DynamoIncidentStore(table == one ? other : one), step);
        }
        assertThat(HistoryAudit.of(new DynamoStoredHistory(one))).isEqualTo(HistoryAudit.of(memory));
        assertThat(conflicts).isBetween(1, STEPS - 10);
    }

    private Change change() {
        ServiceId service = SERVICES.get(random.nextInt(SERVICES.size()));
        Optional<Incident> open = memory.findOpen(service);
        if (open.isEmpty() || random.nextInt(12) == 0) {
            Incident first = incident("i" + ++opened, service, now);
            return saving(first, said(first), said(first));
        }
        Incident from = random.nextInt(5) == 0 ? seen.get(random.nextInt(seen.size())) : open.get();
        return next(from);
    }

    private Change next(Incident from) {
        long ledger = memory.ledger(T0).version();
        int dice = random.nextInt(10);
        if (dice < 3 && from.state() instanceof IncidentState.Open) {
            return claiming(from, task(dice), now, dice == 0 ? Math.max(0, ledger - 1) : ledger);
        }
        if (dice < 6 && from.state() instanceof IncidentState.Open) {
            return saving(resolved(from, now), said(from));
        }
        Incident later = from.edit().strikes(dice).dueAt(now.plusSeconds(dice)).done();
        return dice < 8 ? saving(later) : saving(later, said(from), said(from), said(from));
    }

    private HistoryEntry said(Incident incident) {
        boolean signal = random.nextBoolean();
        return entry(
                incident,
                signal ? HistoryEntry.Event.SIGNAL : HistoryEntry.Event.WAIT,
                signal ? Reason.ALERT_FIRING : Reason.STABILISING,
                now);
    }

    private void compare(DynamoIncidentStore dynamo, int step) {
        String at = "step " + step;
        Instant since = now.minusSeconds(20);
        for (ServiceId service : SERVICES) {
            assertThat(dynamo.findOpen(service)).as(at).isEqualTo(memory.findOpen(service));
            assertThat(dynamo.openingsOf(service, 5)).as(at).isEqualTo(memory.openingsOf(service, 5));
        }
        assertThat(dynamo.ledger(since)).as(at).isEqualTo(memory.ledger(since));
        assertThat(dynamo.openings(since, 100)).as(at).containsExactlyInAnyOrderElementsOf(memory.openings(since, 100));
        assertThat(dynamo.due(now, 100)).as(at).containsExactlyInAnyOrderElementsOf(memory.due(now, 100));
        for (Optional<Boolean> over : List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))) {
            Query query = new Query(Optional.of(SERVICES.get(step % 3)), over, 50);
            assertThat(dynamo.list(query)).as(at).containsExactlyInAnyOrderElementsOf(memory.list(query));
        }
        seen.stream().map(Incident::id).reduce((_, last) -> last).ifPresent(id -> assertThat(dynamo.history(id))
                .as(at)
                .isEqualTo(memory.history(id)));
    }
}
