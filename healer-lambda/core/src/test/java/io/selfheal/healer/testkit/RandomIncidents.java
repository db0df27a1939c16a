package io.selfheal.healer.testkit;

import io.selfheal.healer.chain.ChainHead;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.Held;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Measure;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes incidents of every shape, valid but without sense; the same seed makes the same ones. */
public final class RandomIncidents {
    private static final String ODD = "aZ0 -_\"\\/\n\té漢😀{}[]:,";

    private final Random random;

    public RandomIncidents(long seed) {
        random = new Random(seed);
    }

    private <T> Optional<T> maybe(Supplier<T> some) {
        return random.nextBoolean() ? Optional.of(some.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(4)).toList();
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String text() {
        int[] points = ODD.codePoints().toArray();
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private Instant time() {
        return MutableClock.START.plusNanos(random.nextLong(1_000_000_000_000_000_000L));
    }

    private Reason reason() {
        return oneOf(List.of(Reason.values()));
    }

    private ServiceId service() {
        return new ServiceId("c" + text().replace("/", ""), text());
    }

    private Action action() {
        Duration time = Duration.ofMillis(random.nextInt(1, 99999));
        return switch (random.nextInt(11)) {
            case 4 -> new Action.SurgeRestart(service(), Fixtures.task(1), 2, 3, time);
            case 5 -> new Action.ShiftTraffic(service(), Fixtures.task(2), 1, 2, time);
            case 6 -> new Action.Retire(service(), Fixtures.task(3), 3, 2, random.nextBoolean());
            case 7 -> new Action.RollBack(service(), text(), text());
            case 8 -> new Action.Degrade(service(), service(), time);
            case 9 -> new Action.Shed(service(), random.nextInt(1, 100), time);
            case 10 -> new Action.Restore(service(), oneOf(List.of(Mode.values())));
            case 0 -> new Action.RestartTask(service(), Fixtures.task(random.nextInt(9)));
            case 1 -> new Action.Redeploy(service());
            case 2 ->
                new Action.ScaleOut(service(), 2, 3 + random.nextInt(5), Duration.ofMillis(random.nextInt(1, 99999)));
            default -> new Action.ScaleBack(service(), 3, 2);
        };
    }

    private IncidentState state() {
        return switch (random.nextInt(6)) {
            case 0 -> new IncidentState.Open();
            case 1 -> new IncidentState.Acting(action(), random.nextInt(9), time());
            case 2 -> new IncidentState.Verifying(action(), random.nextInt(9), time(), time(), maybe(this::time));
            case 3 -> new IncidentState.Settling(time());
            case 4 -> new IncidentState.Resolved(time());
            default -> new IncidentState.Escalated(time(), reason());
        };
    }

    public Alert alert() {
        TreeMap<String, String> labels = new TreeMap<>();
        some(this::text).forEach(label -> labels.put(label, text()));
        SignalSource source = oneOf(List.of(SignalSource.values()));
        return new Alert(
                source, text(), text(), service(), maybe(() -> Fixtures.task(random.nextInt(9))), time(), labels);
    }

    public Incident incident() {
        return new Incident(
                IncidentId.of(time(), random.nextLong()),
                random.nextInt(9),
                random.nextBoolean() ? ChainHead.NONE : new ChainHead(random.nextInt(9), text()),
                service(),
                state(),
                random.nextInt(9),
                random.nextInt(9),
                some(this::action),
                some(() -> new TrackedAlert(alert(), time(), maybe(this::time))),
                some(() -> new Measure(action(), time())),
                maybe(() -> new Held(reason(), time())),
                time(),
                maybe(this::time),
                maybe(this::time),
                time(),
                maybe(this::time),
                maybe(() -> new Asked(action(), random.nextInt(9), time(), time(), maybe(this::time))));
    }

    public HistoryEntry entry(Incident incident) {
        return new HistoryEntry(
                incident.id(),
                incident.service(),
                time(),
                oneOf(List.of(HistoryEntry.Event.values())),
                reason(),
                text(),
                maybe(this::action),
                text(),
                some(this::signal));
    }

    public Signal signal() {
        return switch (random.nextInt(3)) {
            case 0 -> new Signal.Firing(alert());
            case 1 -> new Signal.Resolved(alert(), time());
            default ->
                new Signal.FleetEvent(
                        oneOf(List.of(SignalSource.values())),
                        service(),
                        maybe(() -> Fixtures.task(random.nextInt(9))),
                        text(),
                        text(),
                        text(),
                        time());
        };
    }
}
