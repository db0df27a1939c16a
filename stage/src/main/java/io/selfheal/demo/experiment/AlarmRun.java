package io.selfheal.demo.experiment;

import io.selfheal.demo.cloud.Cloud;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import io.selfheal.demo.fleet.ServiceCount;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.measure.Sample;
import io.selfheal.demo.stage.Ports;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.watch.AlertView;
import io.selfheal.demo.watch.HealerView;
import io.selfheal.demo.watch.Incident;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One task hangs, and only an alarm of CloudWatch tells the healer. Ends when the alarm is OK again and the healer has said so. */
public final class AlarmRun {

    /** What the alarm is about. */
    public static final String SERVICE = "order";

    private static final Fault FAULT = Fault.HANG;
    private static final Duration STABLE = Duration.ofSeconds(2);
    private static final Duration EVERY = Duration.ofMillis(500);
    /** A data point of the metric is what was seen of the tasks in this time. */
    private static final Duration SHOWN = Duration.ofSeconds(2);

    private static final Duration WARM = Duration.ofSeconds(10);
    /** An alarm over one period of ten seconds is back to OK after three or four. */
    private static final Duration LIMIT = Duration.ofMinutes(4);
    /** Older than the policy's warm-up. */
    private static final Duration AGE = Duration.ofSeconds(21);

    private final Stage stage;
    private final Cloud cloud;
    private final Audience audience;
    private final HealerView healer;
    private final URI healerUri;
    private final List<String> alarmStates = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private final List<String> noticed = new ArrayList<>();
    /** Not told yet. */
    private final List<Beat> news = new ArrayList<>();

    public AlarmRun(Stage stage, Cloud cloud, Audience audience) {
        this.stage = stage;
        this.cloud = cloud;
        this.audience = audience;
        this.healerUri = Ports.url(stage.options().ports().healer());
        this.healer = new HealerView(Optional.of(healerUri), stage.token());
    }

    /** What did not go as it should have; empty when all did. */
    public List<String> play() {
        if (!until("waiting until the shop is warm", this::warm)) {
            return List.of(
                    "the shop was not well for " + WARM.toSeconds() + " s within " + LIMIT.toMinutes() + " minutes");
        }
        if (!carryUntil("waiting for data", () -> last(alarmStates).equals("OK"))) {
            return List.of("the alarm never was OK, it was " + alarmStates);
        }
        Task victim = stage.fleet().running(SERVICE).getFirst();
        Lookout lookout = new Lookout(stage, audience, new AlertView(Optional.empty()), healer);
        Injection injection = new Injection(stage, FAULT, SERVICE, Optional.of(victim));
        Instant at = injection.begin();
        audience.opens(new PlannedRun(1, FAULT, SERVICE, 0), Optional.of(victim.arn()), at);
        Chronicle chronicle = new Chronicle(STABLE);
        boolean ended = carryUntil("it goes on", () -> {
            Sight sight = lookout.look(at);
            news.addAll(chronicle.news(sight));
            return over(sight);
        });
        Sight sight = lookout.look(at);
        injection.end();
        return ended ? wrong(sight, victim) : List.of("it did not end within " + LIMIT.toMinutes() + " minutes");
    }

    /** Newborn tasks are slow by nature: no data is reported of them, or they would set the alarm off. */
    private boolean warm() {
        Instant now = stage.clock().instant();
        return ratio(WARM) == 0
                && stage.fleet().running(SERVICE).stream()
                        .allMatch(task -> task.startedAt().plus(AGE).isBefore(now));
    }

    private boolean over(Sight sight) {
        return alarmStates.size() > 1
                && last(alarmStates).equals("OK")
                && noticed.contains("RESOLVED")
                && sight.healedAt(STABLE).isPresent();
    }

    private List<String> wrong(Sight sight, Task victim) {
        List<String> wrong = new ArrayList<>();
        expect(wrong, "alarm", List.of("INSUFFICIENT_DATA", "OK", "ALARM", "OK"), alarmStates);
        expect(wrong, "messages about it", List.of("OK", "ALARM", "OK"), delivered);
        expect(wrong, "notices", List.of("OPEN", "ACTING", "VERIFYING", "RESOLVED"), noticed);
        expect(
                wrong,
                "tasks stopped on request",
                List.of(victim.arn()),
                sight.stopped().stream()
                        .filter(StoppedTask::byRequest)
                        .map(StoppedTask::arn)
                        .toList());
        expect(
                wrong,
                "incidents",
                List.of(SERVICE + " RESOLVED"),
                sight.incidents().stream()
                        .map((Incident incident) -> incident.service() + " " + incident.state())
                        .toList());
        return wrong;
    }

    private static void expect(List<String> wrong, String what, List<String> expected, List<String> seen) {
        if (!expected.equals(seen)) {
            wrong.add(what + ": expected " + expected + ", seen " + seen);
        }
    }

    /** Plays AWS's part until the condition holds; false when that takes too long. */
    private boolean carryUntil(String waiting, BooleanSupplier condition) {
        return until(waiting, () -> {
            carry();
            boolean holds = condition.getAsBoolean();
            news.stream().sorted(Comparator.comparing(Beat::at)).forEach(audience::sees);
            news.clear();
            return holds;
        });
    }

    private boolean until(String waiting, BooleanSupplier condition) {
        Instant end = stage.clock().instant().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            stage.children().check();
            Instant now = stage.clock().instant();
            if (now.isAfter(end)) {
                return false;
            }
            audience.waits(now, waiting + ": the alarm is " + last(alarmStates));
            LockSupport.parkNanos(EVERY.toNanos());
        }
        return true;
    }

    private void carry() {
        cloud.report(ratio(SHOWN));
        Cloud.AlarmState state = cloud.state();
        if (!state.value().equals(last(alarmStates))) {
            alarmStates.add(state.value());
            tell(Beat.Kind.ALARM, cloud.alarm() + " is " + state.value() + " (" + state.why() + ")");
        }
        for (Cloud.Delivered each : cloud.deliver(healerUri, stage.token())) {
            delivered.add(each.state());
            tell(Beat.Kind.SNS, each.subject() + " → the healer answers " + each.answer());
        }
        for (Cloud.Notice notice : cloud.notices()) {
            noticed.add(notice.state());
            tell(Beat.Kind.SNS, "the healer's notice: " + notice.subject());
        }
    }

    private void tell(Beat.Kind kind, String text) {
        news.add(new Beat(stage.clock().instant(), kind, text));
    }

    /** The share of the wanted tasks that did not serve, as the outside prober saw it lately. */
    private double ratio(Duration lately) {
        int wanted = stage.fleet().counts().stream()
                .filter(count -> count.service().equals(SERVICE))
                .mapToInt(ServiceCount::desired)
                .findFirst()
                .orElseThrow(() -> new StageFailed("ECS no longer knows the service " + SERVICE + "."));
        return stage.prober().since(stage.clock().instant().minus(lately)).stream()
                .filter(sample -> !sample.serving().isEmpty())
                .mapToDouble((Sample sample) -> 1 - (double) sample.serving().getOrDefault(SERVICE, 0) / wanted)
                .average()
                // Nothing was looked at yet: that is not well.
                .orElse(1);
    }

    private static String last(List<String> states) {
        return states.isEmpty() ? "not read yet" : states.getLast();
    }
}
