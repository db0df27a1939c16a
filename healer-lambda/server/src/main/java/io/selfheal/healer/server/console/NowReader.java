package io.selfheal.healer.server.console;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.decide.BudgetLeft;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.engine.Step;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.server.console.NowView.BudgetNow;
import io.selfheal.healer.server.console.NowView.IncidentNow;
import io.selfheal.healer.server.console.NowView.PauseNow;
import io.selfheal.healer.server.console.NowView.StormNow;
import io.selfheal.healer.server.console.NowView.WindowNow;
import io.selfheal.healer.watch.FleetView;
import io.selfheal.healer.watch.Snapshot;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together how things are. What cannot be read is said, and leaves the rest as it is. */
@Singleton
final class NowReader {
    private static final Query OPEN = new Query(Optional.empty(), Optional.of(false), 200);

    private final Stores stores;
    private final FleetView fleet;
    private final Remediator remediator;
    private final Policies policies;
    private final Changes changes;
    private final HealerNow healer;
    private final Clock clock;

    NowReader(
            Stores stores,
            FleetView fleet,
            Remediator remediator,
            Policies policies,
            Changes changes,
            HealerNow healer,
            Clock clock) {
        this.stores = stores;
        this.fleet = fleet;
        this.remediator = remediator;
        this.policies = policies;
        this.changes = changes;
        this.healer = healer;
        this.clock = clock;
    }

    NowView read() {
        Instant now = clock.instant();
        // First: what happens while the rest is read is told the next time.
        long count = changes.count();
        List<String> problems = new ArrayList<>();
        List<Snapshot> seen = fleet.all();
        return new NowView(
                now,
                count,
                healer.view(),
                FleetNow.of(seen, now),
                Math.max(0, seen.size() - FleetNow.MOST_SERVICES),
                read("open incidents", problems, this::incidents),
                pauses(now, problems),
                windows(now),
                storm(now, problems),
                read("budgets", problems, () -> budgets(now)),
                List.copyOf(problems));
    }

    private static <T> List<T> read(String what, List<String> problems, Supplier<List<T>> reading) {
        try {
            return reading.get();
        } catch (StoreUnavailableException away) {
            problems.add(what + ": the store is not available");
            return List.of();
        }
    }

    private List<IncidentNow> incidents() {
        return stores.archive().list(OPEN).stream()
                .map(stored -> remediator.unsaved(stored).map(Step::incident).orElse(stored))
                .filter(incident -> !incident.state().over())
                .map(IncidentsNow::of)
                .toList();
    }

    private List<PauseNow> pauses(Instant now, List<String> problems) {
        return switch (stores.switches().active(now)) {
            case Fact.Known<List<Pause>>(List<Pause> pauses, Instant _) ->
                pauses.stream()
                        .map(pause -> new PauseNow(
                                pause.service().map(ServiceId::toString).orElse("all"),
                                pause.reason(),
                                pause.owner(),
                                pause.since(),
                                pause.until()))
                        .toList();
            case Fact.Unknown<List<Pause>>(String why) -> {
                problems.add("pauses: " + why);
                yield List.of();
            }
        };
    }

    private List<WindowNow> windows(Instant now) {
        List<WindowNow> open = new ArrayList<>();
        policies.windows().forEach(window -> window.openUntil(now)
                .ifPresent(until -> open.add(new WindowNow(
                        window.name(), window.services().stream().sorted().toList(), until))));
        return open;
    }

    private @Nullable StormNow storm(Instant now, List<String> problems) {
        return switch (stores.storms().latch(now)) {
            case Fact.Known<StormLatch>(StormLatch latch, Instant _) ->
                latch.standing()
                        .map(storm -> new StormNow(storm.since(), storm.what()))
                        .orElse(null);
            case Fact.Unknown<StormLatch>(String why) -> {
                problems.add("storm: " + why);
                yield null;
            }
        };
    }

    private List<BudgetNow> budgets(Instant now) {
        return BudgetLeft.of(policies, stores.store().ledger(now.minus(policies.lookback())), now).stream()
                .map(NowReader::budget)
                .toList();
    }

    private static BudgetNow budget(BudgetLeft left) {
        return new BudgetNow(
                left.budget().scope().name().toLowerCase(Locale.ROOT),
                left.task()
                        .map(TaskId::arn)
                        .or(() -> left.service().map(ServiceId::toString))
                        .orElse(null),
                left.budget().limit(),
                left.left(),
                left.budget().window().toString(),
                left.freeAt().orElse(null),
                left.policies());
    }
}
